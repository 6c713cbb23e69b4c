using Latchkey.Protocol;
using Latchkey.Storage.SshKeys;

namespace Latchkey.LoginServer.Api.SshKeys;

internal sealed record SshKeyView(int Id, string Label, string SshKey, DateTimeOffset Created)
{
    public static readonly FilterFields<SshKeyView> Fields = new FilterFields<SshKeyView>()
        .Number("id", k => k.Id)
        .Text("label", k => k.Label)
        .Text("ssh_key", k => k.SshKey)
        .Text("created", k => WireJson.Date(k.Created));

    public static SshKeyView Of(SshKey key) => new(key.Id, key.Label, key.Key, key.CreatedAt);
}
