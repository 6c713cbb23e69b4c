namespace Latchkey.Core.Tokens;

/// <summary>What a sealed token may be used as. The kind is under the MAC, so one can never pass for another.</summary>
public enum TokenKind : byte
{
    AuthorizationCode = 1,
    Access = 2,
    Refresh = 3,
    Personal = 4,
}
