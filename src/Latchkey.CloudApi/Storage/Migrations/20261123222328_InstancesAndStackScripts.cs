using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Latchkey.CloudApi.Storage.Migrations
{
    /// <inheritdoc />
    internal sealed partial class InstancesAndStackScripts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Instances",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Owner = table.Column<string>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", nullable: false),
                    Group = table.Column<string>(type: "TEXT", nullable: false),
                    Tags = table.Column<string>(type: "TEXT", nullable: false),
                    Region = table.Column<string>(type: "TEXT", nullable: false),
                    Type = table.Column<string>(type: "TEXT", nullable: false),
                    Image = table.Column<string>(type: "TEXT", nullable: true),
                    StackScriptId = table.Column<int>(type: "INTEGER", nullable: true),
                    AddressSlot = table.Column<int>(type: "INTEGER", nullable: false),
                    HostId = table.Column<Guid>(type: "TEXT", nullable: false),
                    WatchdogEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    LastAction = table.Column<int>(type: "INTEGER", nullable: false),
                    LastActionAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Created = table.Column<long>(type: "INTEGER", nullable: false),
                    Updated = table.Column<long>(type: "INTEGER", nullable: false),
                    Alerts_Cpu = table.Column<int>(type: "INTEGER", nullable: false),
                    Alerts_Io = table.Column<int>(type: "INTEGER", nullable: false),
                    Alerts_NetworkIn = table.Column<int>(type: "INTEGER", nullable: false),
                    Alerts_NetworkOut = table.Column<int>(type: "INTEGER", nullable: false),
                    Alerts_TransferQuota = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Instances", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StackScripts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Owner = table.Column<string>(type: "TEXT", nullable: false),
                    Username = table.Column<string>(type: "TEXT", nullable: false),
                    Label = table.Column<string>(type: "TEXT", nullable: false),
                    Description = table.Column<string>(type: "TEXT", nullable: false),
                    Images = table.Column<string>(type: "TEXT", nullable: false),
                    Script = table.Column<string>(type: "TEXT", nullable: false),
                    RevisionNote = table.Column<string>(type: "TEXT", nullable: false),
                    Deployments = table.Column<int>(type: "INTEGER", nullable: false),
                    Created = table.Column<long>(type: "INTEGER", nullable: false),
                    Updated = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StackScripts", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Instances_AddressSlot",
                table: "Instances",
                column: "AddressSlot",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Instances_Owner_Label",
                table: "Instances",
                columns: new[] { "Owner", "Label" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StackScripts_Owner",
                table: "StackScripts",
                column: "Owner");

            // Below stand the public StackScripts of the catalogue, above those of users.
            migrationBuilder.Sql("INSERT INTO sqlite_sequence (name, seq) VALUES ('StackScripts', 99999), ('Instances', 99999);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Instances");

            migrationBuilder.DropTable(
                name: "StackScripts");
        }
    }
}
