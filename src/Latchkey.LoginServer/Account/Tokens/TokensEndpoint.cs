using Latchkey.LoginServer.Accounts;
using Latchkey.LoginServer.Pages;
using Latchkey.LoginServer.PersonalTokens;
using Latchkey.LoginServer.Tokens;
using Latchkey.Storage.PersonalTokens;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Account.Tokens;

/// <summary>A person's own access tokens.</summary>
internal sealed class TokensEndpoint(
    PersonalTokenStore tokens,
    PersonalTokenIssuing issuing,
    TimeProvider clock,
    IOptions<LoginServerOptions> server,
    IOptions<AccountOptions> options)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var own = await tokens.ListAsync(LoginSession.Of(context.User)!.UserId, context.RequestAborted);
        return Page.Of<TokensPage>((nameof(TokensPage.Tokens), own), (nameof(TokensPage.Now), clock.GetUtcNow()));
    }

    public static IResult ShowForm() => FormPage(TokenForm.Blank, StatusCodes.Status200OK, []);

    public async Task<IResult> CreateAsync(HttpContext context)
    {
        var user = LoginSession.Of(context.User)!.UserId;
        var form = TokenForm.Read(await context.Request.ReadFormAsync(context.RequestAborted), server.Value.Scopes);
        if (form.Problems.Count > 0)
        {
            return FormPage(form, StatusCodes.Status400BadRequest, form.Problems);
        }

        var expiresAt = TokenExpiry.Find(form.Expiry)!.Life is { } life ? clock.GetMilliseconds() + life : (DateTimeOffset?)null;
        return await issuing.IssueOwnAsync(user, form.Label, form.Scopes, expiresAt, options.Value.MaxTokens, context.RequestAborted) is { } issued
            ? ShownOnce.Token(issued.Token)
            : FormPage(form, StatusCodes.Status400BadRequest, [$"You have {options.Value.MaxTokens} tokens, which is as many as you may. Revoke one first."]);
    }

    public async Task<IResult> RevokeAsync(HttpContext context, int id) =>
        await tokens.RevokeAsync(id, LoginSession.Of(context.User)!.UserId, context.RequestAborted)
            ? new SeeOther(AccountPaths.Tokens)
            : Results.StatusCode(StatusCodes.Status404NotFound);

    private static IResult FormPage(TokenForm form, int status, IReadOnlyList<string> problems) =>
        Page.Of<NewTokenPage>(status, (nameof(NewTokenPage.Form), form), (nameof(NewTokenPage.Problems), problems));
}
