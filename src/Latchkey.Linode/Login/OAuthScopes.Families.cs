using System.Diagnostics.CodeAnalysis;
using Latchkey.Protocol;

namespace Latchkey.Linode;

// A catalogue: one nested class a family, so that the names read as Linode's own library spells them.
[SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "OAuthScopes.Linodes.ReadOnly is the spelling that is wanted.")]
public static partial class OAuthScopes
{
    /// <summary><c>account</c>: the account, billing, users, tokens and OAuth apps.</summary>
    public static class Account
    {
        /// <summary><c>account:*</c></summary>
        public static Scope All { get; } = Scope.Of("account", ScopeLevel.All);

        /// <summary><c>account:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("account", ScopeLevel.ReadOnly);

        /// <summary><c>account:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("account", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>child_account</c>: the accounts managed for others.</summary>
    public static class ChildAccount
    {
        /// <summary><c>child_account:*</c></summary>
        public static Scope All { get; } = Scope.Of("child_account", ScopeLevel.All);

        /// <summary><c>child_account:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("child_account", ScopeLevel.ReadOnly);

        /// <summary><c>child_account:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("child_account", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>databases</c>: managed databases.</summary>
    public static class Databases
    {
        /// <summary><c>databases:*</c></summary>
        public static Scope All { get; } = Scope.Of("databases", ScopeLevel.All);

        /// <summary><c>databases:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("databases", ScopeLevel.ReadOnly);

        /// <summary><c>databases:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("databases", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>domains</c>: domains and their records.</summary>
    public static class Domains
    {
        /// <summary><c>domains:*</c></summary>
        public static Scope All { get; } = Scope.Of("domains", ScopeLevel.All);

        /// <summary><c>domains:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("domains", ScopeLevel.ReadOnly);

        /// <summary><c>domains:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("domains", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>events</c>: what happened on the account.</summary>
    public static class Events
    {
        /// <summary><c>events:*</c></summary>
        public static Scope All { get; } = Scope.Of("events", ScopeLevel.All);

        /// <summary><c>events:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("events", ScopeLevel.ReadOnly);

        /// <summary><c>events:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("events", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>firewall</c>: firewalls and their rules.</summary>
    public static class Firewall
    {
        /// <summary><c>firewall:*</c></summary>
        public static Scope All { get; } = Scope.Of("firewall", ScopeLevel.All);

        /// <summary><c>firewall:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("firewall", ScopeLevel.ReadOnly);

        /// <summary><c>firewall:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("firewall", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>firewall</c>: firewalls and their rules; another name of <see cref="Firewall"/>, as Linode's own library has it.</summary>
    public static class Firewalls
    {
        /// <summary><c>firewall:*</c></summary>
        public static Scope All { get; } = Scope.Of("firewall", ScopeLevel.All);

        /// <summary><c>firewall:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("firewall", ScopeLevel.ReadOnly);

        /// <summary><c>firewall:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("firewall", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>images</c>: images.</summary>
    public static class Images
    {
        /// <summary><c>images:*</c></summary>
        public static Scope All { get; } = Scope.Of("images", ScopeLevel.All);

        /// <summary><c>images:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("images", ScopeLevel.ReadOnly);

        /// <summary><c>images:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("images", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>ips</c>: IP addresses.</summary>
    public static class Ips
    {
        /// <summary><c>ips:*</c></summary>
        public static Scope All { get; } = Scope.Of("ips", ScopeLevel.All);

        /// <summary><c>ips:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("ips", ScopeLevel.ReadOnly);

        /// <summary><c>ips:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("ips", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>linodes</c>: Linodes.</summary>
    public static class Linodes
    {
        /// <summary><c>linodes:*</c></summary>
        public static Scope All { get; } = Scope.Of("linodes", ScopeLevel.All);

        /// <summary><c>linodes:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("linodes", ScopeLevel.ReadOnly);

        /// <summary><c>linodes:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("linodes", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>lke</c>: Kubernetes clusters.</summary>
    public static class Lke
    {
        /// <summary><c>lke:*</c></summary>
        public static Scope All { get; } = Scope.Of("lke", ScopeLevel.All);

        /// <summary><c>lke:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("lke", ScopeLevel.ReadOnly);

        /// <summary><c>lke:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("lke", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>longview</c>: Longview clients.</summary>
    public static class Longview
    {
        /// <summary><c>longview:*</c></summary>
        public static Scope All { get; } = Scope.Of("longview", ScopeLevel.All);

        /// <summary><c>longview:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("longview", ScopeLevel.ReadOnly);

        /// <summary><c>longview:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("longview", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>monitor</c>: monitoring.</summary>
    public static class Monitor
    {
        /// <summary><c>monitor:*</c></summary>
        public static Scope All { get; } = Scope.Of("monitor", ScopeLevel.All);

        /// <summary><c>monitor:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("monitor", ScopeLevel.ReadOnly);

        /// <summary><c>monitor:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("monitor", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>nodebalancers</c>: NodeBalancers.</summary>
    public static class NodeBalancers
    {
        /// <summary><c>nodebalancers:*</c></summary>
        public static Scope All { get; } = Scope.Of("nodebalancers", ScopeLevel.All);

        /// <summary><c>nodebalancers:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("nodebalancers", ScopeLevel.ReadOnly);

        /// <summary><c>nodebalancers:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("nodebalancers", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>object_storage</c>: object storage.</summary>
    public static class ObjectStorage
    {
        /// <summary><c>object_storage:*</c></summary>
        public static Scope All { get; } = Scope.Of("object_storage", ScopeLevel.All);

        /// <summary><c>object_storage:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("object_storage", ScopeLevel.ReadOnly);

        /// <summary><c>object_storage:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("object_storage", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>stackscripts</c>: StackScripts.</summary>
    public static class StackScripts
    {
        /// <summary><c>stackscripts:*</c></summary>
        public static Scope All { get; } = Scope.Of("stackscripts", ScopeLevel.All);

        /// <summary><c>stackscripts:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("stackscripts", ScopeLevel.ReadOnly);

        /// <summary><c>stackscripts:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("stackscripts", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>volumes</c>: block storage volumes.</summary>
    public static class Volumes
    {
        /// <summary><c>volumes:*</c></summary>
        public static Scope All { get; } = Scope.Of("volumes", ScopeLevel.All);

        /// <summary><c>volumes:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("volumes", ScopeLevel.ReadOnly);

        /// <summary><c>volumes:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("volumes", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }

    /// <summary><c>vpc</c>: VPCs.</summary>
    public static class Vpc
    {
        /// <summary><c>vpc:*</c></summary>
        public static Scope All { get; } = Scope.Of("vpc", ScopeLevel.All);

        /// <summary><c>vpc:read_only</c></summary>
        public static Scope ReadOnly { get; } = Scope.Of("vpc", ScopeLevel.ReadOnly);

        /// <summary><c>vpc:read_write</c></summary>
        public static Scope ReadWrite { get; } = Scope.Of("vpc", ScopeLevel.ReadWrite);

        /// <summary>Another name of <see cref="ReadOnly"/>.</summary>
        public static Scope View => ReadOnly;
    }
}
