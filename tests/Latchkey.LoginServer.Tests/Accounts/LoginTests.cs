using System.Net;
using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Tests.Framework;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Clients;
using Latchkey.Storage.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.LoginServer.Tests.Accounts;

public sealed class LoginTests
{
    [Fact]
    [Spec("AZ-45")]
    public async Task The_right_password_logs_in_and_the_browser_goes_on_with_a_303()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = host.NewBrowser();

        var answer = await LoginServerHost.LogInAsync(browser);

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal("/", answer.Location);
        Assert.Contains("maria", (await browser.GetAsync("/")).Text);
    }

    [Fact]
    public async Task A_double_click_that_was_overtaken_has_a_way_on()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = host.NewBrowser();
        var form = (await browser.GetAsync("/login?return_url=%2Faccount%2Ftokens")).Form("/login").Set("username", "maria").Set("password", LoginServerHost.Password);
        await browser.SubmitAsync(form);

        var second = await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.BadRequest, second.Status);
        Assert.Contains("You are logged in as maria", second.Text);
        Assert.Equal("/account/tokens", second.Page.QuerySelector("a.button")?.GetAttribute("href"));
    }

    [Fact]
    [Spec("LG-07")]
    public async Task Every_reason_for_a_failure_looks_the_same()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var disabled = await host.AddUserAsync("gone");
        await host.Get<AccountStore>().DisableAsync(disabled, TestContext.Current.CancellationToken);
        await host.AddUserAsync("locked");
        for (var i = 0; i < 10; i++)
        {
            await LoginServerHost.LogInAsync(host.NewBrowser(), "locked", "wrong");
        }

        var answers = new List<Answer>
        {
            await LoginServerHost.LogInAsync(host.NewBrowser(), "maria", "wrong"),
            await LoginServerHost.LogInAsync(host.NewBrowser(), "nobody", "wrong"),
            await LoginServerHost.LogInAsync(host.NewBrowser(), "gone"),
            await LoginServerHost.LogInAsync(host.NewBrowser(), "locked"),
            await LoginServerHost.LogInAsync(host.NewBrowser(), "maria", ""),
        };

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Single(answers.Select(WithoutNonce).Distinct());
        Assert.Contains("That did not work", answers[0].Text);
    }

    [Fact]
    [Spec("LG-08")]
    public async Task Every_reason_for_a_failure_costs_the_same_work()
    {
        var hasher = new CountingHasher();
        await using var host = await LoginServerHost.StartAsync(services: s =>
        {
            s.AddSingleton<IPasswordHasher<User>>(hasher);
            s.Configure<LoginThrottleOptions>(o => o.FailuresPerAccount = 2);
        });
        await host.AddUserAsync("maria");
        await host.AddUserAsync("otto");
        await host.AddUserAsync("ida");
        await host.Get<AccountStore>().DisableAsync(await host.AddUserAsync("rosa"));
        for (var i = 0; i < 2; i++)
        {
            await LoginServerHost.LogInAsync(host.NewBrowser(), "otto", "wrong");
        }

        foreach (var (name, password) in new[]
            {
                ("nobody", LoginServerHost.Password), ("maria", "wrong"), ("otto", LoginServerHost.Password), ("otto", "wrong"),
                ("rosa", LoginServerHost.Password), ("rosa", "wrong"), ("ida", ""), ("nobody", ""),
            })
        {
            hasher.Verified = hasher.Hashed = 0;
            Assert.Equal(HttpStatusCode.OK, (await LoginServerHost.LogInAsync(host.NewBrowser(), name, password)).Status);
            Assert.Equal((name, 1, 0), (name, hasher.Verified, hasher.Hashed));
        }
    }

    private sealed class CountingHasher : PasswordHasher<User>
    {
        public int Verified { get; set; }

        public int Hashed { get; set; }

        public override string HashPassword(User user, string password)
        {
            Hashed++;
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Verified++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    [Fact]
    [Spec("LG-19")]
    public async Task A_new_server_knows_nobody()
    {
        await using var host = await LoginServerHost.StartAsync();

        Assert.Empty(await host.Get<AccountStore>().ListAsync());
        Assert.Empty(await host.Get<ClientStore>().ListAsync());
        foreach (var (name, password) in new[] { ("admin", "admin"), ("admin", "password"), ("root", ""), ("latchkey", "latchkey"), ("demo", "demo") })
        {
            Assert.Equal("Log in", (await LoginServerHost.LogInAsync(host.NewBrowser(), name, password)).Heading);
        }
    }

    [Fact]
    [Spec("LO-09")]
    public async Task A_login_form_from_elsewhere_is_refused()
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();
        var browser = host.NewBrowser();

        var withoutToken = await browser.PostAsync("/login", ("username", "maria"), ("password", LoginServerHost.Password));
        var form = (await browser.GetAsync("/login")).Form().Set("username", "maria").Set("password", LoginServerHost.Password);
        var crossSite = await browser.SubmitAsync(form, ("Sec-Fetch-Site", "cross-site"));
        var otherPort = await browser.SubmitAsync(form, ("Sec-Fetch-Site", "same-site"));

        Assert.Equal(HttpStatusCode.BadRequest, withoutToken.Status);
        Assert.Equal(HttpStatusCode.Forbidden, crossSite.Status);
        Assert.Equal(HttpStatusCode.Forbidden, otherPort.Status);
        Assert.Null(browser.Cookie("latchkey-login"));
    }

    [Theory]
    [Spec("LG-17")]
    [InlineData("//e.example/")]
    [InlineData("https://e.example/")]
    [InlineData("/\\e.example")]
    public async Task A_planted_return_url_leads_home(string url)
    {
        await using var host = await LoginServerHost.StartAsync();
        await host.AddUserAsync();

        var answer = await LoginServerHost.LogInAsync(host.NewBrowser(), page: "/login?return_url=" + Uri.EscapeDataString(url));

        Assert.Equal("/", answer.Location);
    }

    [Fact]
    [Spec("LX-03")]
    [Spec("LX-05")]
    public async Task Logins_are_recorded_and_what_was_typed_is_not()
    {
        await using var host = await LoginServerHost.StartAsync();
        var user = await host.AddUserAsync();
        await LoginServerHost.LogInAsync(host.NewBrowser(), "oops my passw0rd", "wrong");
        await LoginServerHost.LogInAsync(host.NewBrowser());

        var events = await host.Get<AuditLog>().ListAsync(cancellationToken: TestContext.Current.CancellationToken);

        var failed = Assert.Single(events, e => e.Kind == AuditKinds.LoginFailed);
        Assert.Equal("127.0.0.1", failed.Ip);
        Assert.DoesNotContain("passw0rd", failed.Detail);
        Assert.Equal(user, Assert.Single(events, e => e.Kind == AuditKinds.LoggedIn).ActorId);
        Assert.DoesNotContain("passw0rd", host.Log.Text);
        Assert.DoesNotContain(LoginServerHost.Password, host.Log.Text);
    }

    [Fact]
    [Spec("LG-20")]
    public async Task A_login_renews_a_hash_that_has_become_too_cheap()
    {
        await using var host = await LoginServerHost.StartAsync(services: s => s.PostConfigure<PasswordHasherOptions>(o => o.IterationCount = 1));
        await host.AddUserAsync();
        var before = await HashAsync(host);
        host.Get<Microsoft.Extensions.Options.IOptions<PasswordHasherOptions>>().Value.IterationCount = 2;

        var answer = await LoginServerHost.LogInAsync(host.NewBrowser());

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.NotEqual(before, await HashAsync(host));
        Assert.Equal(HttpStatusCode.SeeOther, (await LoginServerHost.LogInAsync(host.NewBrowser())).Status);
    }

    private static async Task<string?> HashAsync(LoginServerHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<Latchkey.Storage.Model.User>>().FindByNameAsync("maria"))?.PasswordHash;
    }

    private static string WithoutNonce(Answer answer)
    {
        var token = answer.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return answer.Text.Replace(token, "", StringComparison.Ordinal);
    }
}
