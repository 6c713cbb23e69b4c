using System.Text.Json;

namespace Latchkey.CloudApi.Tests;

/// <summary>An answer read to its end.</summary>
internal sealed record ApiAnswer(int Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string Reason => Json.GetProperty("errors")[0].GetProperty("reason").GetString()!;

    public IEnumerable<string?> Fields => Json.GetProperty("errors").EnumerateArray()
        .Select(e => e.TryGetProperty("field", out var name) ? name.GetString() : null);

    public IEnumerable<string> Column(string name) => Json.GetProperty("data").EnumerateArray().Select(e => e.GetProperty(name).ToString());

    /// <summary>A refusal in Linode's form: this status, errors that are never empty, the one content type its clients know.</summary>
    public ApiAnswer MustRefuse(int status)
    {
        Assert.Equal(status, Status);
        Assert.Equal("application/json", ContentType);
        Assert.All(Json.GetProperty("errors").EnumerateArray(), e => Assert.NotEqual("", e.GetProperty("reason").GetString()));
        Assert.NotEmpty(Reason);
        return this;
    }

    public static async Task<ApiAnswer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.TryGetValues("Content-Type", out var type) ? string.Join(",", type) : null,
        response.Headers.Concat(response.Content.Headers).Concat(response.TrailingHeaders)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
        await response.Content.ReadAsStringAsync());
}
