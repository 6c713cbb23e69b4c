using Latchkey.Core.Clients;
using Latchkey.Model.Tests.Model;
using Latchkey.Model.Tests.Server;
using Latchkey.Protocol;

namespace Latchkey.Model.Tests.Play;

/// <summary>What the operator does, as the command line does it: on the store of the running server.</summary>
internal static class OperatorSteps
{
    public static async Task ActAsync(LiveServer server, World world, Step step, Action<string> tell)
    {
        var person = world.People[step.Who];
        var app = world.Apps[step.App];
        switch (step.Act)
        {
            case Act.DisablePerson:
                tell($"the operator disables {person.Name}");
                await server.Accounts.DisableAsync(person.Id);
                world.Disable(person);
                break;
            case Act.EnablePerson:
                tell($"the operator enables {person.Name}");
                await server.Accounts.EnableAsync(person.Id);
                person.Disabled = false;
                break;
            case Act.DisableApp:
                tell($"the operator disables {app}");
                await server.Clients.SetStatusAsync(app.Id, ClientStatus.Disabled);
                world.Disable(app);
                break;
            case Act.EnableApp:
                tell($"the operator enables {app}");
                await server.Clients.SetStatusAsync(app.Id, ClientStatus.Active);
                app.Disabled = false;
                break;
            case Act.ResetSecret:
                tell($"the operator resets the secret of {app}");
                app.Secret = (await server.Clients.ResetSecretAsync(app.Id))?.Secret?.Reveal() ?? app.Secret;
                break;
            default:
                var allowed = step.How < 55 ? Reach.All : Reach.Choices[step.How % Reach.Choices.Count];
                tell($"the operator allows {app} {allowed}");
                await server.Clients.SetAllowedScopesAsync(app.Id, ScopeSet.Parse(allowed.Text));
                world.Allow(app, allowed);
                break;
        }
    }
}
