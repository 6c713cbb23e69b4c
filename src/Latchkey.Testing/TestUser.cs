namespace Latchkey.Testing;

/// <summary>A user of a test's login server, with the password they log in with. A class, so that nothing prints it.</summary>
public sealed class TestUser
{
    internal TestUser(Guid id, string userName, string password)
    {
        Id = id;
        UserName = userName;
        Password = password;
    }

    /// <summary>What tokens call them: <c>sub</c> is this in its "D" form.</summary>
    public Guid Id { get; }

    /// <summary>What they type at the login page.</summary>
    public string UserName { get; }

    /// <summary>The other thing they type there.</summary>
    public string Password { get; }
}
