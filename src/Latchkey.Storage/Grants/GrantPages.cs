using System.Runtime.CompilerServices;
using Latchkey.Core.Grants;

namespace Latchkey.Storage.Grants;

/// <summary>A list of grants read a page at a time, so that a long one neither fills memory nor holds a connection.</summary>
internal static class GrantPages
{
    public const int Size = 200;

    /// <param name="after">Reads up to <see cref="Size"/> grants whose ids follow the given one, by id.</param>
    public static async IAsyncEnumerable<Grant> ListAsync(
        Func<Guid, CancellationToken, ValueTask<List<Grant>>> after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = Guid.Empty;
        List<Grant> page;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page = await after(last, cancellationToken);
            foreach (var grant in page)
            {
                yield return grant;
                last = grant.Id;
            }

            // Where a page is read on the caller's thread, let others use it between two.
            await Task.Yield();
        }
        while (page.Count == Size);
    }
}
