namespace Latchkey.Storage.Postgres;

/// <summary>
/// Advisory locks, which belong to the database and not to a table. They give several nodes the order that SQLite's one write
/// lock gives: management writes go one after another, and a grant is not inserted while what it stands on is being taken away.
/// Redeeming, rotating and revoking need none of it: each is a compare-and-set on one row.
/// </summary>
internal static class PostgresLocks
{
    // "lchk" and a number, so that another program in the same database hardly takes the same.
    private const long Family = 0x6C63_686B_0000_0000;

    /// <summary>Held by a start while it makes the schema ready.</summary>
    public const long Prepare = Family + 1;

    /// <summary>Exclusive for a management write, shared for a batch of new grants, which comes apart from other grant writes.</summary>
    public const long Management = Family + 2;
}
