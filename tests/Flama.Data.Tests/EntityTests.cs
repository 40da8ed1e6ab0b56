using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Data.Tests;

/// <summary>Entities of many kinds.</summary>
public sealed class EntityTests
{
    [Fact]
    public async Task Names_AndConverters_AreThoseOfTheApplication()
    {
        await using var table = await TableHost<Zoo>.StartAsync(
            app => app.MapResource<Animal, Zoo>("/animals"),
            builder => builder.Services.ConfigureHttpJsonOptions(json =>
            {
                json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
                json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            }));

        var made = await table.SendAsync("POST", "/animals", """{"full_name":"Rex","diet":"only_meat","tag":"x"}""");
        var unknown = await table.SendAsync("POST", "/animals", """{"full_name":"Rex","diet":"only_meat","fullName":"x"}""");
        var wrong = await table.SendAsync("POST", "/animals", """{"full_name":"Rex","diet":1}""");

        Assert.Equal((201, """{"id":1,"full_name":"Rex","diet":"only_meat","tag":"x"}"""), (made.Status, made.Body));
        Assert.Equal((400, "'fullName' is no member of an animal."), (unknown.Status, unknown.Json.GetProperty("errors")[0].GetProperty("msg").GetString()));
        Assert.Equal((400, "'diet' must be one of OnlyMeat, OnlyPlants."), (wrong.Status, wrong.Json.GetProperty("errors")[0].GetProperty("msg").GetString()));
        Assert.Single((await table.SendAsync("GET", "/animals?diet=only_meat")).Json.GetProperty("data").EnumerateArray());
        Assert.Single((await table.SendAsync("GET", "/animals?diet=OnlyMeat&order_by=full_name")).Json.GetProperty("data").EnumerateArray());
        Assert.Empty((await table.SendAsync("GET", "/animals?diet=not:only_meat")).Json.GetProperty("data").EnumerateArray());
        var schemas = (await table.SendAsync("GET", "/schema/")).Json.GetProperty("components").GetProperty("schemas");
        Assert.Equal("""["only_meat","only_plants"]""", JsonSerializer.Serialize(schemas.GetProperty("data.Animal").GetProperty("properties").GetProperty("diet").GetProperty("enum")));
    }

    [Fact]
    public async Task Patch_GoesIntoMembersThatAreJson()
    {
        await using var table = await TableHost<Zoo>.StartAsync(app => app.MapResource<Keeper, Zoo>("/keepers"));
        await table.SendAsync("POST", "/keepers", """{"name":"Ann","settings":{"theme":"dark","size":3,"more":{"a":1,"b":[1,2]}}}""");

        var answer = await table.SendAsync("PATCH", "/keepers/1", """{"settings":{"size":null,"more":{"a":null,"c":{"d":2}},"theme":"light"}}""");

        Assert.Equal(
            (200, """{"id":1,"name":"Ann","settings":{"theme":"light","size":0,"more":{"b":[1,2],"c":{"d":2}}}}"""),
            (answer.Status, JsonSerializer.Serialize(answer.Json)));
        Assert.Equal(answer.Body, (await table.SendAsync("GET", "/keepers/1")).Body);
    }

    [Fact]
    public async Task Rules_OfParametersClassesAndObjects_Hold()
    {
        await using var table = await TableHost<Zoo>.StartAsync(app => app.MapResource<Stay, Zoo>("/stays"));

        var parameter = await table.SendAsync("POST", "/stays", """{"guest":"A","from":1,"to":2}""");
        var whole = await table.SendAsync("POST", "/stays", """{"guest":"Ann","from":3,"to":2}""");
        var made = await table.SendAsync("POST", "/stays", """{"guest":"Ann","from":1,"to":2}""");
        var patched = await table.SendAsync("PATCH", "/stays/1", """{"to":0}""");
        var listed = await table.SendAsync("PUT", "/stays/", """[{"guest":"Ann","from":1,"to":2},{"guest":"Bob","from":5,"to":2}]""");

        Assert.Equal((400, """["guest"]"""), (parameter.Status, parameter.Json.GetProperty("errors")[0].GetProperty("loc").GetRawText()));
        Assert.Equal((400, """{"loc":["to"],"msg":"A stay ends after it begins.","type":"rule"}"""), (whole.Status, whole.Json.GetProperty("errors")[0].GetRawText()));
        Assert.Equal((201, 400), (made.Status, patched.Status));
        Assert.Equal((400, """{"loc":[1,"to"],"msg":"Record 1: A stay ends after it begins.","type":"rule"}"""), (listed.Status, listed.Json.GetProperty("errors")[0].GetRawText()));
        Assert.Equal(1, (await table.SendAsync("GET", "/stays?count=true")).Json.GetProperty("meta").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Hierarchy_OfSeveralTables_IsReplacedAndDropped()
    {
        await using var table = await TableHost<Zoo>.StartAsync(app => app.MapResource<Vehicle, Zoo>("/vehicles"));

        Assert.Equal(201, (await table.SendAsync("POST", "/vehicles", """{"wheels":4}""")).Status);
        Assert.Equal(200, (await table.SendAsync("PUT", "/vehicles/", """[{"id":1,"wheels":2},{"wheels":3}]""")).Status);
        Assert.Equal(2, (await table.SendAsync("GET", "/vehicles?count=true")).Json.GetProperty("meta").GetProperty("count").GetInt32());
        Assert.Equal(204, (await table.SendAsync("DELETE", "/vehicles/")).Status);
        Assert.Equal(0, (await table.SendAsync("GET", "/vehicles?count=true")).Json.GetProperty("meta").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Filter_OfTheContext_HoldsForEverything()
    {
        await using var table = await TableHost<Zoo>.StartAsync(app =>
        {
            using var scope = app.Services.CreateScope();
            var zoo = scope.ServiceProvider.GetRequiredService<Zoo>();
            zoo.AddRange(new Note { Id = 1, Text = "ours", Tenant = "a" }, new Note { Id = 2, Text = "theirs", Tenant = "b" });
            zoo.SaveChanges();
            app.MapResource<Note, Zoo>("/notes");
        });

        Assert.Equal(["ours"], (await table.SendAsync("GET", "/notes")).Json.GetProperty("data").EnumerateArray().Select(note => note.GetProperty("text").GetString()));
        Assert.Equal((404, 404, 404), ((await table.SendAsync("GET", "/notes/2")).Status, (await table.SendAsync("PATCH", "/notes/2", "{}")).Status, (await table.SendAsync("DELETE", "/notes/2")).Status));
        Assert.Equal(409, (await table.SendAsync("PATCH", "/notes/", """[{"id":2,"text":"mine","tenant":"a"}]""")).Status);
        Assert.Equal(204, (await table.SendAsync("DELETE", "/notes/")).Status);
        using var left = table.Host.Services.CreateScope();
        Assert.Equal("theirs", Assert.Single(left.ServiceProvider.GetRequiredService<Zoo>().Notes.IgnoreQueryFilters()).Text);
    }

    [Fact]
    public async Task Conflict_OfTwoMembers_NamesBoth()
    {
        await using var table = await TableHost<Zoo>.StartAsync(app => app.MapResource<Seat, Zoo>("/seats"));
        await table.SendAsync("POST", "/seats", """{"row":1,"place":2}""");

        var answer = await table.SendAsync("POST", "/seats", """{"row":1,"place":2}""");

        Assert.Equal((409, "There is a seat already with the same 'row' and 'place'. Give another value."), (answer.Status, answer.Json.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Refusal_OfTheContext_IsAnsweredAsItSays()
    {
        await using var table = await TableHost<Zoo>.StartAsync(app => app.MapResource<Seat, Zoo>("/seats"));

        var answer = await table.SendAsync("POST", "/seats", """{"row":13,"place":2}""");

        Assert.Equal((409, "There is no row 13."), (answer.Status, answer.Json.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Defaults_OfTheConstructor_AreThoseOfTheRecord()
    {
        await using var table = await TableHost<Zoo>.StartAsync(app => app.MapResource<Ticket, Zoo>("/tickets"));

        var made = await table.SendAsync("POST", "/tickets", """{"guest":"Ann"}""");
        var given = await table.SendAsync("POST", "/tickets", """{"guest":"Bob","seats":1,"place":"","price":2,"diet":0,"extra":null}""");
        var replaced = await table.SendAsync("PUT", "/tickets/2", """{"guest":"Bob"}""");
        var lacking = await table.SendAsync("POST", "/tickets", "{}");

        Assert.Equal((201, """{"id":1,"seats":4,"place":"balcony","price":12.5,"diet":1,"extra":1,"note":"","guest":"Ann"}"""), (made.Status, made.Body));
        Assert.Equal((201, """{"id":2,"seats":1,"place":"","price":2,"diet":0,"extra":null,"note":"","guest":"Bob"}"""), (given.Status, given.Body));
        Assert.Equal((200, made.Body.Replace("Ann", "Bob", StringComparison.Ordinal).Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal)), (replaced.Status, replaced.Body));
        Assert.Equal((400, """["guest"]"""), (lacking.Status, Assert.Single(lacking.Json.GetProperty("errors").EnumerateArray()).GetProperty("loc").GetRawText()));
    }

    [Fact]
    public async Task Location_OfANewRecord_IsThePathAsItIsSent()
    {
        await using var table = await TableHost<Zoo>.StartAsync(app =>
        {
            app.UsePathBase("/größe");
            app.UseRouting();
            app.MapResource<Animal, Zoo>("/bär");
        });

        var made = await table.SendAsync("POST", "/größe/bär/", """{"fullName":"Rex"}""");

        Assert.Equal((201, "/gr%C3%B6%C3%9Fe/b%C3%A4r/1/"), (made.Status, made.Headers.Location?.OriginalString));
        Assert.Equal(200, (await table.SendAsync("GET", made.Headers.Location!.OriginalString)).Status);
    }

    private sealed class Zoo(DbContextOptions<Zoo> options) : DbContext(options)
    {
        public DbSet<Note> Notes => Set<Note>();

        public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
            ChangeTracker.Entries<Seat>().Any(seat => seat.Entity.Row == 13)
                ? throw new FlamaException(ErrorCodes.Conflict, "There is no row 13.")
                : base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Animal>();
            modelBuilder.Entity<Keeper>().Property(keeper => keeper.Settings).HasConversion(
                settings => JsonSerializer.Serialize(settings, JsonSerializerOptions.Web), text => JsonSerializer.Deserialize<Settings>(text, JsonSerializerOptions.Web)!);
            modelBuilder.Entity<Stay>();
            modelBuilder.Entity<Ticket>();
            modelBuilder.Entity<Vehicle>().ToTable("Vehicles");
            modelBuilder.Entity<Truck>().ToTable("Trucks");
            modelBuilder.Entity<Note>().HasQueryFilter(note => note.Tenant == "a");
            modelBuilder.Entity<Seat>().HasIndex(seat => new { seat.Row, seat.Place }).IsUnique();
        }
    }

    private sealed class Animal
    {
        public int Id { get; set; }

        public required string FullName { get; set; }

        [JsonConverter(typeof(SnakeCaseEnum))]
        public Diet Diet { get; set; }

        [JsonPropertyName("tag")]
        public string? Label { get; set; }
    }

    private enum Diet
    {
        OnlyMeat,
        OnlyPlants,
    }

    private sealed class SnakeCaseEnum() : JsonStringEnumConverter<Diet>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

    private sealed class Keeper
    {
        public int Id { get; set; }

        public required string Name { get; set; }

        public Settings Settings { get; set; } = new();
    }

    private sealed record Settings
    {
        public string? Theme { get; init; }

        public int Size { get; init; }

        public Dictionary<string, JsonElement>? More { get; init; }
    }

    private sealed record Stay(int Id, [StringLength(20, MinimumLength = 2)] string Guest, int From, int To) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => To >= From ? [] : [new("A stay ends after it begins.", [nameof(To)])];
    }

    // Cannot be made without a guest, as a prototype would be.
    private sealed record Ticket(int Id, string Guest, int Seats = 4, string Place = "balcony", decimal Price = 12.5m, Diet Diet = Diet.OnlyPlants, Diet? Extra = Diet.OnlyPlants, string Note = "")
    {
        public string Guest { get; init; } = Guest ?? throw new ArgumentNullException(nameof(Guest));
    }

    private class Vehicle
    {
        public int Id { get; set; }

        public int Wheels { get; set; }
    }

    private sealed class Truck : Vehicle
    {
        public int Load { get; set; }
    }

    private sealed class Note
    {
        public int Id { get; set; }

        public required string Text { get; set; }

        public string Tenant { get; set; } = "a";
    }

    private sealed class Seat
    {
        public int Id { get; set; }

        public int Row { get; set; }

        public int Place { get; set; }
    }
}
