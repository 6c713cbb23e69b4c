namespace Latchkey.Storage.Profiles;

public enum ProfileOutcome
{
    Changed,

    /// <summary>Somebody else has this address. Nothing was changed.</summary>
    EmailTaken,

    NoSuchUser,
}
