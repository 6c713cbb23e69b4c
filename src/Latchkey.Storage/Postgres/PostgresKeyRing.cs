namespace Latchkey.Storage.Postgres;

internal static class PostgresKeyRing
{
    public const string Missing =
        "The key ring is missing although the database holds keys sealed with it. Restore the table key_ring from your backup; "
        + "without it no token or session can be read.";

    public const string Wrong =
        "The key file does not open the keys in the database. Give this node the file that the others have (--key-file).";
}
