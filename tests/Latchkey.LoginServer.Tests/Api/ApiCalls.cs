using System.Text;
using System.Text.Json;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.LoginServer.Tests.Tokens;
using Latchkey.Protocol;
using Latchkey.Storage.Accounts;

namespace Latchkey.LoginServer.Tests.Api;

/// <summary>Calls to the account and profile API as scripts make them.</summary>
internal static class ApiCalls
{
    /// <summary>A personal token of the test's user, or of another.</summary>
    public static async Task<string> TokenAsync(this BackChannel server, string scopes = "*", Guid? user = null) =>
        (await server.Get<PersonalTokenIssuing>().IssueAsync(user ?? server.UserId, "test", ScopeSet.Parse(scopes)))!.Reveal();

    /// <summary>A token of somebody else, who may do everything with what is theirs.</summary>
    public static async Task<string> OtherTokenAsync(this BackChannel server)
    {
        var other = await server.Get<AccountStore>().CreateAsync(new NewAccount("bob", "bob@example.com"), "violet-anchor-sings-42");
        return await server.TokenAsync(user: other.User!.Id);
    }

    public static async Task<Answer> CallAsync(
        this BackChannel server, string token, string method, string path, object? body = null, string? filter = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        return await SendAsync(server, token, request, filter);
    }

    public static async Task<Answer> SendAsync(this BackChannel server, string token, HttpRequestMessage request, string? filter = null)
    {
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (filter is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Filter", filter);
        }

        using var response = await server.Http.SendAsync(request);
        return new Answer(
            response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString());
    }

    /// <summary>The fields that a 400 complains of.</summary>
    public static string Fields(this Answer answer) => string.Join(
        ',',
        answer.Expect(System.Net.HttpStatusCode.BadRequest).GetProperty("errors").EnumerateArray()
            .Select(e => e.TryGetProperty("field", out var field) ? field.GetString() : "-"));
}
