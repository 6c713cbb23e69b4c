using Latchkey.Core.Grants;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Grants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>The server's own store, for what a test does in between or makes go wrong.</summary>
internal abstract class WrappedGrantStore : IGrantStore
{
    private IGrantStore? _grants;

    protected IGrantStore Grants => _grants ?? throw new InvalidOperationException("No server has started with it.");

    public void Wrap(IServiceCollection services)
    {
        var real = services.Last(s => s.ServiceType == typeof(IGrantStore)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IGrantStore>(provider =>
        {
            _grants = (IGrantStore)ActivatorUtilities.CreateInstance(provider, real);
            return this;
        }));
    }

    public ValueTask<Grant?> FindAsync(Guid id, CancellationToken cancellationToken = default) => Grants.FindAsync(id, cancellationToken);

    public Task ConfirmAsync(Guid id, CancellationToken cancellationToken = default) => Grants.ConfirmAsync(id, cancellationToken);

    public virtual Task<bool> ApplyAsync(GrantWrite write, AuditEvent? audit = null, CancellationToken cancellationToken = default) =>
        Grants.ApplyAsync(write, audit, cancellationToken);

    public virtual IAsyncEnumerable<Grant> ListAsync(GrantFilter filter, CancellationToken cancellationToken = default) =>
        Grants.ListAsync(filter, cancellationToken);
}
