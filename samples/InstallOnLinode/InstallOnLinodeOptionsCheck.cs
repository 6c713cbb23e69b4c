using Microsoft.Extensions.Options;

namespace InstallOnLinode;

/// <summary>Stops the start with a line that says what to set, instead of a login that fails later.</summary>
internal sealed class InstallOnLinodeOptionsCheck : IValidateOptions<InstallOnLinodeOptions>
{
    public ValidateOptionsResult Validate(string? name, InstallOnLinodeOptions options)
    {
        List<string> problems = [.. Problems(options)];
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Problems(InstallOnLinodeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ClientId) || string.IsNullOrWhiteSpace(options.ClientSecret))
        {
            yield return "The client id and secret are missing. Register an app at Linode with the callback URL "
                + $"http://localhost:5082{InstallOnLinodeApp.CallbackPath}, not public, and put them into the environment as "
                + $"{InstallOnLinodeOptions.Section}__ClientId and {InstallOnLinodeOptions.Section}__ClientSecret. See samples/InstallOnLinode/README.md.";
        }

        foreach (var server in new[] { options.LoginServer, options.ApiServer })
        {
            if (!server.IsAbsoluteUri || !(server.Scheme == Uri.UriSchemeHttps || (server.Scheme == Uri.UriSchemeHttp && server.IsLoopback)))
            {
                yield return $"{server} is not an https address (http is for this machine alone).";
            }
        }
    }
}
