using System.Text;

namespace Latchkey.Fuzz.Framework;

/// <summary>One request, byte for byte as far as an HTTP client sends it.</summary>
internal sealed record FuzzRequest(
    Route Route, string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body, string? ContentType)
{
    public HttpRequestMessage ToMessage()
    {
        var url = new Uri(Route.Server.GetLeftPart(UriPartial.Authority) + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Method), url);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (ContentType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }

        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <summary>What to show of it: at most so much, and no secret of this life.</summary>
    public string Describe(Life life)
    {
        var text = new StringBuilder($"{Method} {Target}\n");
        foreach (var (name, value) in Headers)
        {
            text.Append($"{name}: {value}\n");
        }

        if (Body is not null)
        {
            text.Append($"Content-Type: {ContentType}\n\n{Encoding.UTF8.GetString(Body)}");
        }

        var shown = life.Redact(text.ToString());
        return shown.Length > 6000 ? shown[..6000] + $"… ({shown.Length} characters)" : shown;
    }
}
