using System.Text.Json;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Model;
using Latchkey.Storage.Writes;

namespace Latchkey.Storage.Customers;

/// <summary>The user as a customer. An account is one user's alone.</summary>
public sealed class CustomerStore
{
    private readonly ManagementWrites _writes;
    private readonly TimeProvider _clock;

    internal CustomerStore(ManagementWrites writes, TimeProvider clock)
    {
        _writes = writes;
        _clock = clock;
    }

    public async Task<Contact> ContactAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        return ContactOf(await db.SettingsToReadAsync(userId, cancellationToken));
    }

    public async Task<ServiceDefaults> DefaultsAsync(Guid userId, CancellationToken cancellationToken = default)
    {
        await using var db = _writes.OpenForReading();
        return DefaultsOf(await db.SettingsToReadAsync(userId, cancellationToken));
    }

    /// <summary>
    /// Replaces the contact by what <paramref name="change"/> makes of it; null from there leaves everything as it is. Decided
    /// inside the write, so that two changes at once do not undo each other. False when the user is gone.
    /// </summary>
    public Task<bool> ChangeContactAsync(Guid userId, Func<Contact, Contact?> change, CancellationToken cancellationToken = default) => ChangeAsync(
        userId,
        AuditKinds.AccountChanged,
        row =>
        {
            var was = ContactOf(row);
            var wanted = change(was) ?? was;
            row.Contact = JsonSerializer.Serialize(wanted);
            return wanted != was;
        },
        cancellationToken);

    /// <summary>Takes over what is not null. False when the user is gone.</summary>
    public Task<bool> ChangeDefaultsAsync(Guid userId, bool? backupsEnabled, bool? networkHelper, CancellationToken cancellationToken = default) => ChangeAsync(
        userId,
        AuditKinds.AccountSettingsChanged,
        row =>
        {
            var was = DefaultsOf(row);
            row.BackupsEnabled = backupsEnabled ?? row.BackupsEnabled;
            row.NetworkHelper = networkHelper ?? row.NetworkHelper;
            return DefaultsOf(row) != was;
        },
        cancellationToken);

    private Task<bool> ChangeAsync(Guid userId, string kind, Func<UserSettingsRow, bool> change, CancellationToken cancellationToken) => _writes.RunAsync(
        async (db, ct) =>
        {
            if (await db.SettingsToChangeAsync(userId, ct) is not { } row)
            {
                return false;
            }

            if (change(row))
            {
                db.AuditEvents.Add(new AuditEvent { Time = _clock.GetUtcNow(), Kind = kind, ActorId = userId });
                await db.SaveChangesAsync(ct);
            }

            return true;
        },
        cancellationToken);

    private static Contact ContactOf(UserSettingsRow row) => row.Contact is null ? new Contact() : JsonSerializer.Deserialize<Contact>(row.Contact)!;

    private static ServiceDefaults DefaultsOf(UserSettingsRow row) => new(row.BackupsEnabled, row.NetworkHelper);
}
