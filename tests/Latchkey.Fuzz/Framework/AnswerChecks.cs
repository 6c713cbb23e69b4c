using System.Text;
using System.Text.Json;

namespace Latchkey.Fuzz.Framework;

/// <summary>What holds for every answer to any request.</summary>
internal static class AnswerChecks
{
    private static readonly string[] Inside =
        ["Exception", "   at Latchkey", "   at Microsoft", "   at System", ".cs:line", "SQLite", "SQL logic", "sqlite_", "constraint failed", "Microsoft.AspNetCore", "latchkey.db", "cloud.db"];

    /// <summary>Null when the answer is in order, otherwise what is wrong.</summary>
    public static async Task<string?> ProblemAsync(World world, FuzzRequest request, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes);
        var type = answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : "";
        if (status >= 500)
        {
            return $"status {status}";
        }

        if (Inside.FirstOrDefault(i => text.Contains(i, StringComparison.Ordinal)) is { } told)
        {
            return $"the answer tells \"{told}\"";
        }

        if (text.Contains(world.DataDirectory, StringComparison.Ordinal) || text.Contains(AppContext.BaseDirectory, StringComparison.Ordinal))
        {
            return "the answer tells a path";
        }

        if (answer.Headers.Contains("Server") || answer.Headers.Contains("X-Injected"))
        {
            return "a header that must not be there";
        }

        return Redirect(world, answer) ?? (bytes.Length == 0 ? null
            : type.StartsWith("text/html", StringComparison.Ordinal) ? Html(answer, text)
            : type.Contains("json", StringComparison.Ordinal) ? Json(world, request, status, type, bytes)
            : request.Route.Server == world.ApiUrl ? $"the API answers {status} as \"{type}\""
            : null);
    }

    private static string? Redirect(World world, HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Location", out var values))
        {
            return null;
        }

        var location = values.ToString();
        var own = location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal) && !location.StartsWith("/\\", StringComparison.Ordinal);
        var registered = World.RedirectUris.Any(u => location.StartsWith(u + "?", StringComparison.Ordinal) || location.StartsWith(u + "#", StringComparison.Ordinal)
            || location == u || (u.StartsWith("http://127.0.0.1/", StringComparison.Ordinal) && location.StartsWith("http://127.0.0.1:", StringComparison.Ordinal)));
        return own || registered || location.StartsWith(world.LoginUrl.AbsoluteUri, StringComparison.Ordinal) ? null : $"redirects to {location}";
    }

    private static string? Html(HttpResponseMessage answer, string text)
    {
        var policy = answer.Headers.TryGetValues("Content-Security-Policy", out var values) ? string.Join(' ', values) : "";
        return !policy.Contains("default-src 'none'", StringComparison.Ordinal) || !policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) ? "no content security policy"
            : policy.Contains("unsafe", StringComparison.Ordinal) || policy.Contains("evil", StringComparison.Ordinal) ? $"policy {policy}"
            : Missing(answer, "X-Frame-Options", "DENY") ?? Missing(answer, "X-Content-Type-Options", "nosniff")
                ?? Missing(answer, "Referrer-Policy", "no-referrer") ?? Missing(answer, "Cache-Control", "no-store")
                ?? (text.Contains("<lk-x", StringComparison.OrdinalIgnoreCase) ? "markup from the request became markup" : null);
    }

    private static string? Missing(HttpResponseMessage answer, string header, string value) =>
        answer.Headers.NonValidated.TryGetValues(header, out var values) && values.ToString().Contains(value, StringComparison.Ordinal) ? null : $"{header} is not {value}";

    private static string? Json(World world, FuzzRequest request, int status, string type, byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return type != "application/json" ? $"content type {type}"
                : status >= 400 && request.Route.Server == world.ApiUrl
                    && !(json.RootElement.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0) ? "an error without errors"
                : null;
        }
        catch (JsonException)
        {
            return "JSON that is none";
        }
    }
}
