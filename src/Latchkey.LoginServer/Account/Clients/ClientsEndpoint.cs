using Latchkey.Core.Clients;
using Latchkey.LoginServer.Pages;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Account.Clients;

/// <summary>A person's own OAuth apps. What they register is strict; only the operator can say otherwise.</summary>
internal sealed class ClientsEndpoint(OwnClients clients, IOptions<AccountOptions> options)
{
    public async Task<IResult> ShowAsync(HttpContext context) =>
        Page.Of<ClientsPage>((nameof(ClientsPage.Clients), await clients.ListAsync(context)));

    public static IResult ShowForm() => NewPage(ClientForm.Blank, StatusCodes.Status200OK, []);

    public async Task<IResult> ShowOneAsync(HttpContext context, string id) =>
        await clients.FindAsync(context, id) is { } client ? EditPage(client, ClientForm.Of(client), StatusCodes.Status200OK) : NotFound();

    public async Task<IResult> RegisterAsync(HttpContext context)
    {
        var form = await ReadAsync(context);
        if (form.Problems.Count > 0)
        {
            return NewPage(form, StatusCodes.Status400BadRequest, form.Problems);
        }

        if (await clients.AddAsync(context, form, options.Value.MaxClients) is not { } registered)
        {
            return NewPage(form, StatusCodes.Status400BadRequest, [$"You have {options.Value.MaxClients} apps, which is as many as you may. Delete one first."]);
        }

        return registered.Secret is { } secret
            ? ShownOnce.ClientSecret("Your new app", registered.Client.Id, secret)
            : new SeeOther(AccountPaths.Client(registered.Client.Id));
    }

    public async Task<IResult> EditAsync(HttpContext context, string id)
    {
        if (await clients.FindAsync(context, id) is not { } client)
        {
            return NotFound();
        }

        var form = await ReadAsync(context);
        return form.Problems.Count > 0 ? EditPage(client, form, StatusCodes.Status400BadRequest)
            : await clients.ChangeAsync(context, client.Id, form) ? new SeeOther(AccountPaths.Client(client.Id))
            : NotFound();
    }

    public async Task<IResult> ResetSecretAsync(HttpContext context, string id) =>
        await clients.ResetSecretAsync(context, id) is { Secret: { } secret }
            ? ShownOnce.ClientSecret("The new secret", id, secret)
            : NotFound();

    public async Task<IResult> DeleteAsync(HttpContext context, string id) =>
        await clients.RemoveAsync(context, id) ? new SeeOther(AccountPaths.Clients) : NotFound();

    private async Task<ClientForm> ReadAsync(HttpContext context) =>
        ClientForm.Read(await context.Request.ReadFormAsync(context.RequestAborted), options.Value);

    private static IResult NotFound() => Results.StatusCode(StatusCodes.Status404NotFound);

    private static IResult NewPage(ClientForm form, int status, IReadOnlyList<string> problems) =>
        Page.Of<NewClientPage>(status, (nameof(NewClientPage.Form), form), (nameof(NewClientPage.Problems), problems));

    private static IResult EditPage(Client client, ClientForm form, int status) => Page.Of<ClientPage>(
        status, (nameof(ClientPage.Client), client), (nameof(ClientPage.Form), form), (nameof(ClientPage.Problems), form.Problems));
}
