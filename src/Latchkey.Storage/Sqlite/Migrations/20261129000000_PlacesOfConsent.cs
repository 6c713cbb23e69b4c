using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Latchkey.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class PlacesOfConsent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_consents_user_id_client_id",
                table: "consents");

            migrationBuilder.AddColumn<string>(
                name: "address",
                table: "consents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "resource",
                table: "consents",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "ix_consents_user_id_client_id",
                table: "consents",
                columns: new[] { "user_id", "client_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_consents_user_id_client_id",
                table: "consents");

            migrationBuilder.DropColumn(
                name: "address",
                table: "consents");

            migrationBuilder.DropColumn(
                name: "resource",
                table: "consents");

            migrationBuilder.CreateIndex(
                name: "ix_consents_user_id_client_id",
                table: "consents",
                columns: new[] { "user_id", "client_id" },
                unique: true);
        }
    }
}
