using System.Net;
using System.Net.Http.Headers;

namespace Latchkey.Linode.Tests;

/// <summary>Headers that promise JSON, and a body that never comes.</summary>
internal sealed class StalledBody : HttpContent
{
    private readonly TaskCompletionSource _begun = new();

    public StalledBody() => Headers.ContentType = new MediaTypeHeaderValue("application/json");

    /// <summary>Done when somebody waits for it.</summary>
    public Task Begun => _begun.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _begun.TrySetResult();
        return Task.Delay(Timeout.Infinite, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
