using System.Collections.Frozen;
using Latchkey.Storage.Audit;

namespace Latchkey.LoginServer.Api.Events;

/// <summary>Linode's word for what happened, and for what it happened to.</summary>
internal sealed record EventAction(string Action, string Entity)
{
    /// <summary>What Linode has no word for (an app let in, a login, which has a list of its own) is not told as an event.</summary>
    public static readonly FrozenDictionary<string, EventAction> ByKind = new Dictionary<string, EventAction>
    {
        [AuditKinds.UserCreated] = new("user_create", "user"),
        [AuditKinds.UserDisabled] = new("user_update", "user"),
        [AuditKinds.UserEnabled] = new("user_update", "user"),
        [AuditKinds.PasswordReset] = new("password_reset", "profile"),
        [AuditKinds.ProfileChanged] = new("profile_update", "profile"),
        [AuditKinds.AccountChanged] = new("account_update", "account"),
        [AuditKinds.AccountSettingsChanged] = new("account_settings_update", "account"),
        [AuditKinds.ClientCreated] = new("oauth_client_create", "oauth_client"),
        [AuditKinds.ClientChanged] = new("oauth_client_update", "oauth_client"),
        [AuditKinds.ClientStatusChanged] = new("oauth_client_update", "oauth_client"),
        [AuditKinds.ClientScopesChanged] = new("oauth_client_update", "oauth_client"),
        [AuditKinds.ClientSecretReset] = new("oauth_client_secret_reset", "oauth_client"),
        [AuditKinds.ClientRemoved] = new("oauth_client_delete", "oauth_client"),
        [AuditKinds.PersonalTokenCreated] = new("token_create", "token"),
        [AuditKinds.PersonalTokenRenamed] = new("token_update", "token"),
        [AuditKinds.PersonalTokenRevoked] = new("token_delete", "token"),
        [AuditKinds.SshKeyAdded] = new("user_ssh_key_add", "user_ssh_key"),
        [AuditKinds.SshKeyRenamed] = new("user_ssh_key_update", "user_ssh_key"),
        [AuditKinds.SshKeyRemoved] = new("user_ssh_key_delete", "user_ssh_key"),
    }.ToFrozenDictionary();
}
