using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Latchkey.Core.Grants;
using Latchkey.Core.Tokens;
using Latchkey.Flows.Tests.Framework;
using Latchkey.LoginServer;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Hosting;
using Latchkey.Storage;
using Latchkey.Storage.Grants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.Flows.Tests.Theft;

public sealed class StolenDatabaseTests
{
    [Fact, Spec("ST-01"), Spec("ST-05")]
    public async Task No_value_of_any_column_gets_anybody_in_anywhere()
    {
        await using var scene = await Scene.StartAsync(LetGuess);
        using var life = await WholeLife.LiveAsync(scene);
        using var stolen = new StolenData(scene.Data);
        var values = stolen.Cells().SelectMany(c => Written(c.Value)).Concat(await ForgedAsync(scene, stolen)).Distinct().ToList();
        using var thief = new Thief(scene, life);
        var living = await LivingAsync(scene);
        Assert.NotEmpty(living);

        var gotIn = new ConcurrentBag<string>();
        var places = thief.Places().Select(p => (p.Place, p.GetsIn)).Concat(thief.MorePlaces()).ToList();
        await Parallel.ForEachAsync(
            values.SelectMany(v => places.Select(p => (Value: v, p.Place, p.GetsIn))),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (attempt, _) =>
            {
                if (await attempt.GetsIn(attempt.Value))
                {
                    gotIn.Add($"{attempt.Value} as {attempt.Place}");
                }
            });

        Assert.Empty(gotIn);
        Assert.Superset(living, await LivingAsync(scene));

        // The same doors open for what was given out: nothing else kept the thief outside.
        foreach (var (place, getsIn, real) in thief.Places())
        {
            Assert.True(await getsIn(real), place);
        }
    }

    [Fact, Spec("ST-03")]
    public async Task A_stolen_database_starts_no_server_without_its_key_ring()
    {
        await using var scene = await Scene.StartAsync();
        using var life = await WholeLife.LiveAsync(scene);
        using var stolen = new StolenData(scene.Data);
        var before = stolen.Files.ToDictionary(f => f.Name, f => f.Bytes.Length);

        var without = await RefusalAsync(stolen.Directory);
        Assert.Contains("key ring is missing", without, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', without);

        await using (var other = await Scene.StartAsync())
        {
            var keys = stolen.Directory.CreateSubdirectory("keys");
            foreach (var key in other.Data.GetDirectories("keys").Single().EnumerateFiles())
            {
                key.CopyTo(Path.Combine(keys.FullName, key.Name));
            }
        }

        var wrong = await RefusalAsync(stolen.Directory);
        Assert.Contains("does not open the keys in the database", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong);
        Assert.Equal(before["latchkey.db"], stolen.Files.Single(f => f.Name == "latchkey.db").Bytes.Length);
    }

    private static async Task<string> RefusalAsync(DirectoryInfo data)
    {
        using var sockets = ListeningSockets.Take(ListenAddress.TryParse("http://127.0.0.1:0", out var any) ? any : throw new InvalidOperationException());
        await using var server = LoginServerHost.Build(sockets, s => s.Issuer = sockets.Addresses[0].Url, s => s.DataDirectory = data.FullName);
        return (await Assert.ThrowsAsync<StartupException>(() => server.PrepareAsync())).Message;
    }

    // What a guess costs is another test's subject.
    private static void LetGuess(WebApplicationBuilder builder)
    {
        builder.Services.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1);
        builder.Services.Configure<LoginThrottleOptions>(o =>
        {
            o.FailuresPerPeer = 1_000_000;
            o.FailuresPerAccount = 1_000_000;
            o.FailureTime = TimeSpan.Zero;
        });
    }

    private static IEnumerable<string> Written(object value)
    {
        if (value is not byte[] bytes)
        {
            var text = value.ToString()!;
            return text.Length >= 16 ? [text, .. Written(Encoding.UTF8.GetBytes(text))] : [text];
        }

        var hex = Convert.ToHexStringLower(bytes);
        IEnumerable<string> written = [hex, Convert.ToBase64String(bytes), Base64Url.EncodeToString(bytes), Encoding.Latin1.GetString(bytes)];
        return bytes.Length >= 32 ? [.. written, "lka" + hex, "lkr" + hex, "lkp" + hex, "lkc" + hex] : written;
    }

    // The thief knows how tokens are made and what to write into them, and tries every key they can find.
    private static async Task<List<string>> ForgedAsync(Scene scene, StolenData stolen)
    {
        var lifetimes = scene.Get<IOptions<LoginServerOptions>>().Value.Lifetimes;
        var keys = stolen.Cells().Select(c => c.Value).OfType<byte[]>().Where(b => b.Length >= 32)
            .SelectMany(b => (byte[][])[b[..32], b[^32..], SHA256.HashData(b)]).Append(new byte[32]).DistinctBy(Convert.ToHexString).ToList();
        var forged = new List<string>();
        await foreach (var grant in scene.Get<IGrantStore>().ListAsync(GrantFilter.All).Where(g => g.State != GrantState.Revoked))
        {
            foreach (var key in keys)
            {
                var issuer = new TokenIssuer(new KeyRing([new TokenKey(1, key, DateTimeOffset.UnixEpoch)]), lifetimes);
                if (grant.State == GrantState.Active)
                {
                    var tokens = issuer.Tokens(grant, null, scene.Clock.GetUtcNow());
                    forged.AddRange([tokens.AccessToken.Reveal(), tokens.RefreshToken?.Reveal() ?? issuer.Personal(grant).Reveal()]);
                }
                else
                {
                    forged.Add(issuer.Code(grant).Reveal());
                }
            }
        }

        return forged;
    }

    private static async Task<HashSet<Guid>> LivingAsync(Scene scene) =>
        [.. await scene.Get<IGrantStore>().ListAsync(GrantFilter.All).Where(g => g.State != GrantState.Revoked).Select(g => g.Id).ToListAsync()];
}
