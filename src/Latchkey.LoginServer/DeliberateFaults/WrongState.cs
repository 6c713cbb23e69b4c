using System.Security.Cryptography;
using Latchkey.Core.Authorization;

namespace Latchkey.LoginServer.DeliberateFaults;

/// <summary>Where this is among the services, every answer to an app has another state, as a forged or mixed-up callback would.</summary>
internal sealed class WrongState
{
    public static AuthorizationAnswer Of(AuthorizationAnswer answer) => answer.WithState(RandomNumberGenerator.GetHexString(32, lowercase: true));
}
