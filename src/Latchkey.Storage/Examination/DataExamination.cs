using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Storage.Examination;

/// <summary>Looks at a server's data and at what a start on it would meet. Changes nothing, also where a start would.</summary>
public static class DataExamination
{
    /// <summary>Adds to <paramref name="findings"/> until something is so wrong that nothing behind it can be looked at.</summary>
    /// <param name="configure">Names the data, as for a server.</param>
    /// <param name="findings">Takes what is found; a server that runs, runs on.</param>
    /// <param name="clock">The clock whose time is doubted; the machine's when left out.</param>
    /// <param name="cancellationToken">Ends it between two looks.</param>
    public static async Task RunAsync(
        Action<StorageOptions> configure, Findings findings, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddLatchkeyStorage(configure);

        services.PostConfigure<KeyManagementOptions>(keys => keys.XmlRepository = new UnwrittenRing(keys.XmlRepository!));
        await using var provider = services.BuildServiceProvider();
        if (await provider.GetRequiredService<Database>().ExamineAsync(findings, cancellationToken))
        {
            await findings.LookAsync("data", () => ContentExamination.RunAsync(provider, findings, cancellationToken));
        }
    }
}
