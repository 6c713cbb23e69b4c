namespace Latchkey.LoginServer.Security;

internal static class RequestForms
{
    /// <summary>The form; one that breaks off is the sender's mistake, though its reader reports it as a broken stream.</summary>
    /// <exception cref="BadHttpRequestException">The body is not a whole form.</exception>
    public static async Task<IFormCollection> ReadWholeFormAsync(this HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form breaks off.", broken);
        }
    }
}
