using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Polly.Timeout;

namespace Latchkey.Linode;

/// <summary>The verbs, over Linode's envelope.</summary>
internal sealed class ApiCalls(HttpClient http, Uri baseUrl, TimeProvider clock)
{
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, content: null, answer, cancellationToken);

    public Task<TAnswer> SendAsync<TBody, TAnswer>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(method, path, content, answer, cancellationToken);
    }

    /// <summary>For calls whose answer is an empty object.</summary>
    public Task SendAsync(HttpMethod method, string path, CancellationToken cancellationToken) =>
        SendAsync(method, path, content: null, cancellationToken);

    /// <inheritdoc cref="SendAsync(HttpMethod, string, CancellationToken)"/>
    public async Task SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Transport.Below(baseUrl, path)) { Content = content };
        using var answer = await SendAsync(request, cancellationToken);
    }

    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Transport.Below(baseUrl, path)) { Content = content };
        using var answer = await SendAsync(request, cancellationToken);
        return await ReadAsync(answer, type, cancellationToken);
    }

    /// <summary>For what is no JSON.</summary>
    public async Task<byte[]> GetBytesAsync(string path, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Transport.Below(baseUrl, path));
        request.Headers.Accept.Add(new(mediaType));
        using var answer = await SendAsync(request, cancellationToken);
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Every element of a list, page after page, fetched as they are read.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string path, JsonTypeInfo<Page<T>> pageType, Filter<T>? filter, int? pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var size = pageSize is { } wanted ? $"&page_size={wanted}" : "";
            using var request = new HttpRequestMessage(HttpMethod.Get, Transport.Below(baseUrl, $"{path}?page={number}{size}"));
            if (filter is not null)
            {
                request.Headers.Add("X-Filter", filter.ToJson());
            }

            using var answer = await SendAsync(request, cancellationToken);
            var page = await ReadAsync(answer, pageType, cancellationToken);
            foreach (var element in page.Data ?? throw ApiErrors.NotTheApi(answer))
            {
                yield return element;
            }

            // The list may shrink meanwhile; an empty page ends it whatever its count says.
            if (number >= page.Pages || page.Data.Count == 0)
            {
                yield break;
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(new("application/json"));
        try
        {
            var answer = await http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode ? answer : throw await ApiErrors.ReadAsync(answer, clock, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutRejectedException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HttpRequestException($"{baseUrl.GetLeftPart(UriPartial.Authority)} took too long to answer.", e);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(bytes, type) ?? throw ApiErrors.NotTheApi(answer);
        }
        catch (JsonException e)
        {
            throw ApiErrors.NotTheApi(answer, e);
        }
    }
}
