namespace Latchkey.Protocol;

/// <summary>Linode's seventeen families, in words for the consent page.</summary>
internal static class LinodeScopeFamilies
{
    public static readonly ScopeFamily[] All =
    [
        new("linodes", "Linodes", "see your Linodes and their settings", "create, change, reboot and delete your Linodes"),
        new("account", "Account", "see your account, billing, users, tokens and OAuth apps", "change your account, billing, users, tokens and OAuth apps"),
        new("child_account", "Child accounts", "see the accounts you manage for others", "act on the accounts you manage for others"),
        new("databases", "Databases", "see your managed databases", "create, change and delete your managed databases"),
        new("domains", "Domains", "see your domains and their records", "create, change and delete your domains and their records"),
        new("events", "Events", "see what happened on your account", "see and mark as read what happened on your account"),
        new("firewall", "Firewalls", "see your firewalls and their rules", "create, change and delete your firewalls and their rules"),
        new("images", "Images", "see your images", "create, change and delete your images"),
        new("ips", "IP addresses", "see your IP addresses", "assign, share and change your IP addresses"),
        new("lke", "Kubernetes", "see your Kubernetes clusters", "create, change and delete your Kubernetes clusters"),
        new("longview", "Longview", "see your Longview clients", "create, change and delete your Longview clients"),
        new("monitor", "Monitoring", "see your metrics and alerts", "create, change and delete your alerts"),
        new("nodebalancers", "NodeBalancers", "see your NodeBalancers", "create, change and delete your NodeBalancers"),
        new("object_storage", "Object Storage", "see your buckets and keys", "create, change and delete your buckets and keys"),
        new("stackscripts", "StackScripts", "see your StackScripts", "create, change and delete your StackScripts"),
        new("volumes", "Volumes", "see your volumes", "create, change, attach and delete your volumes"),
        new("vpc", "VPCs", "see your private networks", "create, change and delete your private networks"),
    ];
}
