namespace Latchkey.LoginServer.Api.Users;

/// <summary>
/// What an account's user may do, in Linode's words: everything, so these are the things that can be done here. Cloud Manager shows
/// what it finds in this list.
/// </summary>
internal static class AccountPermissions
{
    public static readonly IReadOnlyList<string> All =
    [
        "is_account_admin",
        "view_account", "update_account", "view_account_settings", "update_account_settings", "view_network_usage",
        "list_account_logins", "view_account_login", "list_events", "view_event", "mark_event_seen", "list_notifications", "list_maintenances",
        "view_user", "list_user_permissions",
        "list_oauth_clients", "view_oauth_client", "create_oauth_client", "update_oauth_client", "delete_oauth_client",
        "reset_oauth_client_secret", "view_oauth_client_thumbnail", "update_oauth_client_thumbnail",
        "view_profile", "update_profile", "list_profile_grants", "list_profile_security_questions",
        "list_profile_apps", "view_profile_app", "revoke_profile_app",
        "list_profile_devices", "view_profile_device", "revoke_profile_device",
        "list_profile_logins", "view_profile_login",
        "list_profile_pats", "view_profile_pat", "create_profile_pat", "update_profile_pat", "delete_profile_pat",
        "list_profile_ssh_keys", "view_profile_ssh_key", "create_profile_ssh_key", "update_profile_ssh_key", "delete_profile_ssh_key",
        "view_user_preferences", "update_user_preferences",
        "list_images", "view_image",
        "create_linode", "view_linode", "update_linode", "delete_linode", "boot_linode", "reboot_linode", "shutdown_linode",
    ];
}
