using Latchkey.CloudApi.Envelope;
using Latchkey.CloudApi.Images;
using Latchkey.CloudApi.Linodes.StackScripts;
using Latchkey.CloudApi.Linodes.Types;
using Latchkey.CloudApi.Regions;
using Latchkey.Protocol;

namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>A Linode someone may have: read from a request and checked, except for what only the database knows.</summary>
internal sealed record NewInstance(
    string Region, LinodeType Type, string? Image, string? Label, IReadOnlyList<string> Tags, string Group, StackScript? Script, bool Booted)
{
    /// <summary>Null when something is wrong, which then stands in the body's errors.</summary>
    public static async Task<NewInstance?> ReadAsync(RequestBody body, Func<int, Task<StackScript?>> findScript)
    {
        var region = Named(body, "region", RegionCatalogue.Find, "region is not valid");
        var type = Named(body, "type", TypeCatalogue.Find, "A valid plan type by that ID was not found");
        var image = body.String("image") is { } id ? ImageCatalogue.Find(id) ?? Unknown<Image>(body, "image", "image is not valid") : null;
        CheckPassword(body);
        CheckKeys(body);
        var label = InstanceFields.ReadLabel(body);
        var tags = InstanceFields.ReadTags(body) ?? [];
        var group = body.String("group") ?? "";
        var booted = body.Bool("booted") ?? true;
        var script = await ReadScriptAsync(body, image, findScript);
        if (body.Bool("backups_enabled") == true)
        {
            body.Refuse("backups_enabled", "This cloud keeps no backups.");
        }

        return body.Errors.Count > 0 || region is null || type is null
            ? null
            : new NewInstance(region.Id, type, image?.Id, label, tags, group, script, booted && image is not null);
    }

    private static T? Named<T>(RequestBody body, string field, Func<string, T?> find, string unknown)
        where T : class
    {
        var before = body.Errors.Count;
        var sent = body.String(field);
        return sent is not null ? find(sent) ?? Unknown<T>(body, field, unknown)
            : body.Errors.Count == before ? Unknown<T>(body, field, $"{field} is required")
            : null;
    }

    private static T? Unknown<T>(RequestBody body, string field, string reason)
        where T : class
    {
        body.Refuse(field, reason);
        return null;
    }

    private static void CheckPassword(RequestBody body)
    {
        var before = body.Errors.Count;
        var password = body.String("root_pass");
        var refusal = password is not null ? RootPassword.Refusal(password)
            : body.Has("image") && body.Errors.Count == before ? "root_pass is required"
            : null;
        if (refusal is not null)
        {
            body.Refuse("root_pass", refusal);
        }
    }

    private static void CheckKeys(RequestBody body)
    {
        foreach (var (index, key) in (body.Strings("authorized_keys") ?? []).Index())
        {
            if (!SshKey.IsKey(key))
            {
                body.Refuse("authorized_keys", $"SSH Key {index + 1} is not a valid public key.");
            }
        }

        if (body.Strings("authorized_users") is { Count: > 0 })
        {
            body.Refuse("authorized_users", "No SSH Keys are known for these users; send them as authorized_keys.");
        }
    }

    private static async Task<StackScript?> ReadScriptAsync(RequestBody body, Image? image, Func<int, Task<StackScript?>> findScript)
    {
        var data = body.Object("stackscript_data");
        if (body.Integer("stackscript_id") is not { } id)
        {
            return null;
        }

        if (await findScript(id) is not { } script)
        {
            return Unknown<StackScript>(body, "stackscript_id", "stackscript_id is not valid");
        }

        if (image is not null && !script.Fits(image.Id))
        {
            body.Refuse("image", "The StackScript does not support this Image.");
        }
        else if (!body.Has("image"))
        {
            body.Refuse("image", "image is required to deploy a StackScript");
        }

        StackScriptData.Check(body, script, data);
        return script;
    }
}
