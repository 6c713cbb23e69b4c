using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.Storage.Clients;

/// <summary>A client and the secret that is shown this once; null for a public client that has no use for one.</summary>
public sealed record RegisteredClient(Client Client, ClientSecret? Secret);
