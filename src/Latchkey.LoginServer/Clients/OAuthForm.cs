using Latchkey.LoginServer.Security;
using Latchkey.Protocol;

namespace Latchkey.LoginServer.Clients;

/// <summary>
/// The body of a back-channel request. Only the body counts: what stands in a URL ends up in logs (RFC 6749 §2.3.1).
/// Names are compared to the letter, which ASP.NET Core's own form collection does not do.
/// </summary>
internal sealed class OAuthForm
{
    private const int MaxFields = 64;
    private readonly List<KeyValuePair<string, string>> _fields = new(8);

    /// <summary>True for <c>multipart/form-data</c>, which only compatibility clients may send.</summary>
    public bool IsMultipart { get; private init; }

    /// <summary>The value; null when missing or empty, which count as the same (OAuth 2.1 §3.2).</summary>
    public string? this[string name] => Find(name) is { Length: > 0 } value ? value : null;

    /// <summary>Reads the body, or says why it cannot be one.</summary>
    public static async Task<(OAuthForm? Form, OAuthError? Error)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return (null, OAuthErrors.InvalidRequest.Because("Send the parameters as application/x-www-form-urlencoded in the body."));
        }

        try
        {
            var multipart = request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
            var form = new OAuthForm { IsMultipart = multipart };
            OAuthError? error = null;
            if (multipart)
            {
                error = await form.ReadMultipartAsync(request, cancellationToken);
            }
            else
            {
                await UrlEncodedForm.ReadAsync(request, (name, value) => error ??= form.Add(name, value), cancellationToken);
            }

            return (error is null ? form : null, error);
        }
        catch (BadHttpRequestException e)
        {
            return (null, OAuthErrors.InvalidRequest.Because("The body is too large or broken off.") with { Status = e.StatusCode });
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return (null, OAuthErrors.InvalidRequest.Because("The body is not a form, or has too many fields."));
        }
    }

    private async Task<OAuthError?> ReadMultipartAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        if (form.Files.Count > 0)
        {
            return OAuthErrors.InvalidRequest.Because("Files are not expected here.");
        }

        return form.SelectMany(f => f.Value, (f, value) => Add(f.Key, value ?? "")).FirstOrDefault(e => e is not null);
    }

    private OAuthError? Add(string name, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            return OAuthErrors.InvalidRequest.Because("A parameter holds a character that it cannot.");
        }

        if (Find(name) is not null)
        {
            return OAuthErrors.InvalidRequest.Because("A parameter was sent more than once.");
        }

        _fields.Add(new(name, value));
        return _fields.Count > MaxFields ? OAuthErrors.InvalidRequest.Because("There are too many parameters.") : null;
    }

    // A handful of fields: walking over them is quicker than hashing them.
    private string? Find(string name)
    {
        foreach (var (key, value) in _fields)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }
}
