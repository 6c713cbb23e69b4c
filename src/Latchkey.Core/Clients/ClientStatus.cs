namespace Latchkey.Core.Clients;

/// <summary>Linode's words: an app that is not active gets nothing.</summary>
public enum ClientStatus
{
    Active = 0,
    Disabled = 1,
    Suspended = 2,
}
