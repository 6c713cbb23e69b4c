using Latchkey.CloudApi.Envelope;
using Microsoft.AspNetCore.Http;

namespace Latchkey.CloudApi.Filtering;

/// <summary>Answers a list: the filter, the order and the page the request asks for.</summary>
internal static class Listing
{
    public static Answer List<T>(this FilterFields<T> fields, HttpRequest request, IEnumerable<T> items)
    {
        if (!PageRequest.TryRead(request.Query, out var page, out var error))
        {
            return Answer.Refused([error]);
        }

        var header = request.Headers["X-Filter"];
        if (header.Count > 1)
        {
            return Answer.Error(StatusCodes.Status400BadRequest, "X-Filter must be sent once.", "X-Filter");
        }

        var (query, refusal) = header is [{ Length: > 0 } text]
            ? FilterParser.Parse(text, fields.KindOf)
            : (ListQuery.Everything, null);
        return query is null
            ? Answer.Error(StatusCodes.Status400BadRequest, refusal!, "X-Filter")
            : Answer.Ok(page.Cut(fields.Apply(query, items)));
    }
}
