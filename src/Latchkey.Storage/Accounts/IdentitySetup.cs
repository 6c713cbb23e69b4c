using Latchkey.Storage.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Storage.Accounts;

internal static class IdentitySetup
{
    /// <summary>PBKDF2-HMAC-SHA512; OWASP's password storage advice is 210,000 rounds or more.</summary>
    public const int PasswordHashRounds = 220_000;

    public static void AddAccounts(this IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = PasswordHashRounds);
        services.AddIdentityCore<User>(o =>
            {
                // PasswordPolicy says it all; Identity's own rules are about composition.
                o.Password.RequiredLength = 1;
                o.Password.RequiredUniqueChars = 1;
                o.Password.RequireDigit = false;
                o.Password.RequireLowercase = false;
                o.Password.RequireUppercase = false;
                o.Password.RequireNonAlphanumeric = false;
                o.User.RequireUniqueEmail = true;

                // Long enough to stop guessing, short enough that a stranger cannot keep someone out.
                o.Lockout.AllowedForNewUsers = true;
                o.Lockout.MaxFailedAccessAttempts = 10;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            })
            .AddUserManager<LatchkeyUserManager>()
            .AddPasswordValidator<PasswordPolicy>()
            .AddEntityFrameworkStores<LatchkeyDbContext>()
            .AddDefaultTokenProviders();
    }
}
