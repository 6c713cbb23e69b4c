using System.Runtime.CompilerServices;

namespace Latchkey.Storage.Moving;

/// <summary>Two tables gone through side by side in the order of their keys, however large they are.</summary>
internal static class Differences
{
    /// <summary>What <paramref name="target"/> has that <paramref name="source"/> has not, or has otherwise.</summary>
    public static async IAsyncEnumerable<MoveRow> SurplusAsync(
        IEnumerable<MoveRow> source, IAsyncEnumerable<MoveRow> target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var theirs = Ordered(source).GetEnumerator();
        var any = false;
        var begun = false;
        await foreach (var row in target.WithCancellation(cancellationToken))
        {
            if (!begun)
            {
                begun = true;
                any = theirs.MoveNext();
            }

            while (any && theirs.Current.CompareKey(row) < 0)
            {
                any = theirs.MoveNext();
            }

            if (!any || theirs.Current.CompareKey(row) != 0 || theirs.Current.Text != row.Text)
            {
                yield return row;
            }
        }
    }

    /// <summary>What <paramref name="source"/> has and <paramref name="target"/> has not, by key.</summary>
    public static async IAsyncEnumerable<MoveRow> MissingAsync(
        IEnumerable<MoveRow> source, IAsyncEnumerable<MoveRow> target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var there = target.GetAsyncEnumerator(cancellationToken);
        var any = await there.MoveNextAsync();
        foreach (var row in Ordered(source))
        {
            while (any && there.Current.CompareKey(row) < 0)
            {
                any = await there.MoveNextAsync();
            }

            if (!any || there.Current.CompareKey(row) != 0)
            {
                yield return row;
            }
        }
    }

    // The whole comparison stands on it: rows in another order would be taken for missing ones.
    private static IEnumerable<MoveRow> Ordered(IEnumerable<MoveRow> rows)
    {
        MoveRow? last = null;
        foreach (var row in rows)
        {
            yield return last is null || last.CompareKey(row) < 0 ? row : throw new InvalidOperationException("Rows came in another order than their keys'.");
            last = row;
        }
    }
}
