using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;

namespace Latchkey.CloudApi.Envelope;

/// <summary>Answers a list: the filter, the order and the page the request asks for.</summary>
internal static class ListAnswer
{
    public static Answer List<T>(this FilterFields<T> fields, HttpRequest request, IEnumerable<T> items)
    {
        var (page, error) = Listing.Cut(fields, request.Query["page"], request.Query["page_size"], request.Headers[Listing.FilterHeader], items);
        return page is null ? Answer.Refused([error!]) : Answer.Ok(page);
    }
}
