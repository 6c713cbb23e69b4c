using Latchkey.Bench.OpenIddict;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using OpenIddict.Server.AspNetCore;

// The peer that .NET developers compare with: OpenIddict on Entity Framework Core and SQLite, set up either as its
// documentation does or for all the speed that leaves a revocation real. Only the page that asks for a password is missing.
if (args is not [("documented" or "fast") and var setting, var directory, var url])
{
    await Console.Error.WriteLineAsync("Usage: Latchkey.Bench.OpenIddict documented|fast DIRECTORY URL");
    return 2;
}

var fast = setting == "fast";
var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddPeer(directory, fast);
await using var app = builder.Build();
await Clients.CreateAsync(app.Services, fast);

// The cookie handler leads here, and back to the request that came without a login.
app.MapGet("/login", context => context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, Person.Login));

app.MapGet("/oauth/authorize", async context =>
{
    var login = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    if (!login.Succeeded)
    {
        await context.ChallengeAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return;
    }

    var request = context.GetOpenIddictServerRequest()!;
    var answer = fast
        ? Person.Answer(login.Principal, request)
        : await RememberedConsent.AnswerAsync(context.RequestServices, login.Principal, request);
    await context.SignInAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, answer);
});

await app.RunAsync();
return 0;
