using Latchkey.Bench.Floor;

// The least that any OAuth server on Kestrel and SQLite must do for each call: parse what was sent, read or durably write one
// row, answer as much as a real answer holds. It checks nothing and knows no client, so nothing that does its work is cheaper.
if (args is not [var directory, var url])
{
    await Console.Error.WriteLineAsync("Usage: Latchkey.Bench.Floor DIRECTORY URL");
    return 2;
}

using var rows = new Rows(Path.Combine(directory, "floor.db"));
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
await using var app = builder.Build();

app.MapGet("/.well-known/oauth-authorization-server", context => context.Response.WriteAsync("{}"));

app.MapGet("/oauth/authorize", async context =>
{
    var query = context.Request.Query;
    var id = Guid.CreateVersion7();
    await rows.InsertAsync(id, query["client_id"]!, query["scope"]!, query["redirect_uri"]!, query["code_challenge"]!);
    context.Response.StatusCode = StatusCodes.Status303SeeOther;
    context.Response.Headers.Location = $"{query["redirect_uri"]}?code={Answers.TokenOf(id)}&state={query["state"]}&iss=http%3A%2F%2F127.0.0.1%3A5080";
});

app.MapPost("/oauth/token", async context =>
{
    var form = await context.Request.ReadFormAsync();
    var id = Answers.IdIn((form.TryGetValue("code", out var code) ? code : form["refresh_token"])!);
    await rows.UpdateAsync(id, state: 1);
    await Answers.WriteTokensAsync(context.Response, id);
});

app.MapPost("/oauth/introspect", async context =>
{
    var form = await context.Request.ReadFormAsync();
    await Answers.WriteIntrospectionAsync(context.Response, rows.Read(Answers.IdIn(form["token"]!)));
});

app.MapPost("/oauth/revoke", async context =>
{
    var form = await context.Request.ReadFormAsync();
    await rows.UpdateAsync(Answers.IdIn(form["token"]!), state: 2);
    context.Response.ContentLength = 0;
});

await app.RunAsync();
return 0;
