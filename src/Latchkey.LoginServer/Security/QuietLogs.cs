namespace Latchkey.LoginServer.Security;

/// <summary>
/// Keeps the framework from writing URLs and form fields down: what a browser brings to <c>/oauth/authorize</c> or carries
/// away from it is nobody's business but the parties'. Applied last, so that a log level for everything does not undo it.
/// </summary>
internal static class QuietLogs
{
    // At any level but none, the host makes an activity and a log scope for each request, for nobody to read.
    private const string EachRequest = "Microsoft.AspNetCore.Hosting.Diagnostics";

    // It reports a cookie that somebody cut short as an error, with a stack: anybody could fill the log with those.
    private const string Forms = "Microsoft.AspNetCore.Antiforgery";

    private static readonly string[] Categories =
    [
        "Microsoft.AspNetCore.Http.Result",
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
        "Microsoft.AspNetCore.HttpLogging",
    ];

    public static void Add(IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(options =>
    {
        // A rule for one provider beats a rule for all, so each provider that has rules gets these too.
        foreach (var provider in options.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToList())
        {
            foreach (var category in Categories)
            {
                options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.Warning, filter: null));
            }

            options.Rules.Add(new LoggerFilterRule(provider, EachRequest, LogLevel.None, filter: null));
            options.Rules.Add(new LoggerFilterRule(provider, Forms, LogLevel.None, filter: null));
        }
    });
}
