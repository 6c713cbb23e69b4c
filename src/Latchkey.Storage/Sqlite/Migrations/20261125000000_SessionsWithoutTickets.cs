using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Latchkey.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class SessionsWithoutTickets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Entity Framework would copy the whole table; SQLite drops a column where it stands.
            migrationBuilder.Sql("ALTER TABLE sessions DROP COLUMN ticket;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "ticket",
                table: "sessions",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0]);
        }
    }
}
