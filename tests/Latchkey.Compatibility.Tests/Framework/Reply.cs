using System.Text;
using System.Text.Json;

namespace Latchkey.CompatibilityTests.Framework;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? this[string header] => Headers.GetValueOrDefault(header);

    /// <summary>A member of the answer's object, as text.</summary>
    public string? Member(string name) => Json.GetProperty(name).GetString();

    public IEnumerable<string> Column(string name) => Json.GetProperty("data").EnumerateArray().Select(e => e.GetProperty(name).ToString());

    /// <summary>The answer, if it is the one expected; its text otherwise, so that a failed test says why.</summary>
    public Reply Must(int status)
    {
        Assert.True(status == Status, $"{Status}, not {status}: {Text}");
        return this;
    }

    /// <summary>A refusal as every client of Linode's reads it.</summary>
    public Reply MustRefuse(int status, string? reason = null)
    {
        Must(status);
        Assert.Equal("application/json", this["Content-Type"]);
        Assert.All(Json.GetProperty("errors").EnumerateArray(), e => Assert.NotEqual("", e.GetProperty("reason").GetString()));
        Assert.Equal(reason ?? Json.GetProperty("errors")[0].GetProperty("reason").GetString(), Json.GetProperty("errors")[0].GetProperty("reason").GetString());
        return this;
    }
}
