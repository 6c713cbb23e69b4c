using Latchkey.Protocol;

namespace Latchkey.LoginServer.Clients;

/// <summary>The body of a back-channel request. Only the body counts: what stands in a URL ends up in logs (RFC 6749 §2.3.1).</summary>
internal sealed class OAuthForm
{
    private readonly IFormCollection _form;

    private OAuthForm(IFormCollection form, bool multipart)
    {
        _form = form;
        IsMultipart = multipart;
    }

    /// <summary>True for <c>multipart/form-data</c>, which only compatibility clients may send.</summary>
    public bool IsMultipart { get; }

    /// <summary>The value; null when missing or empty, which count as the same (OAuth 2.1 §3.2).</summary>
    public string? this[string name] => _form[name] is [{ Length: > 0 } value] ? value : null;

    /// <summary>Reads the body, or says why it cannot be one.</summary>
    public static async Task<(OAuthForm? Form, OAuthError? Error)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return (null, OAuthErrors.InvalidRequest.Because("Send the body without a content coding.") with { Status = StatusCodes.Status415UnsupportedMediaType });
        }

        if (!request.HasFormContentType)
        {
            return (null, OAuthErrors.InvalidRequest.Because("Send the parameters as application/x-www-form-urlencoded in the body."));
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancellationToken);
        }
        catch (BadHttpRequestException e)
        {
            return (null, OAuthErrors.InvalidRequest.Because("The body is too large or broken off.") with { Status = e.StatusCode });
        }
        catch (InvalidDataException)
        {
            return (null, OAuthErrors.InvalidRequest.Because("The body is not a form, or has too many fields."));
        }

        foreach (var (_, values) in form)
        {
            if (values.Count > 1)
            {
                return (null, OAuthErrors.InvalidRequest.Because("A parameter was sent more than once."));
            }

            if (values[0]!.Contains('\0', StringComparison.Ordinal))
            {
                return (null, OAuthErrors.InvalidRequest.Because("A parameter holds a character that it cannot."));
            }
        }

        var multipart = request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);
        return form.Files.Count > 0
            ? (null, OAuthErrors.InvalidRequest.Because("Files are not expected here."))
            : (new OAuthForm(form, multipart), null);
    }
}
