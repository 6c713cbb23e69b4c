namespace Latchkey.Protocol;

/// <summary>A list as Linode answers it: the filter, the order and the page that the request asks for.</summary>
internal static class Listing
{
    public const string FilterHeader = "X-Filter";

    /// <summary>The page, or what is wrong with the request. Each parameter is given as often as it was sent.</summary>
    public static (PageBody<T>? Page, ApiError? Error) Cut<T>(
        FilterFields<T> fields, IReadOnlyList<string?> pages, IReadOnlyList<string?> sizes, IReadOnlyList<string?> filters, IEnumerable<T> items)
    {
        if (!PageRequest.TryRead(pages, sizes, out var page, out var error))
        {
            return (null, error);
        }

        if (filters.Count > 1)
        {
            return (null, new ApiError("X-Filter must be sent once.", FilterHeader));
        }

        var (query, refusal) = filters is [{ Length: > 0 } text]
            ? FilterParser.Parse(text, fields.KindOf)
            : (ListQuery.Everything, null);
        return query is null
            ? (null, new ApiError(refusal!, FilterHeader))
            : (page.Cut(fields.Apply(query, items)), null);
    }
}
