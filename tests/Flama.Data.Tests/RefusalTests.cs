using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json.Serialization;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Data.Tests;

/// <summary>What cannot be served stops the start, with a message that names the fix.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Entity_ThatTheContextDoesNotKnow() => await AssertRefusedAsync(
        app => app.MapResource<Stranger, OddContext>("/x"),
        "'Stranger' cannot be a data resource: OddContext does not know it. Add 'public DbSet<Stranger> Strangers => Set<Stranger>();' to OddContext.");

    [Fact]
    public async Task Entity_WithoutKey() => await AssertRefusedAsync(
        app => app.MapResource<Keyless, OddContext>("/x"),
        "'Keyless' cannot be a data resource: it has no key. Give it one, such as a property Id, or [Key]. For a view, write endpoints of your own.");

    [Fact]
    public async Task Entity_WithKeyOfTwoProperties() => await AssertRefusedAsync(
        app => app.MapResource<Pair, OddContext>("/x"),
        "'Pair' cannot be a data resource: its key is of several properties (Left, Right). Give it a key of one property, such as Id, and make those a unique index: HasIndex(…).IsUnique().");

    [Fact]
    public async Task Entity_WithKeyOfOddType() => await AssertRefusedAsync(
        app => app.MapResource<Dated, OddContext>("/x"),
        "'Dated' cannot be a data resource: its key 'Id' is of type DateTime. Use a key of type int, long, short, byte (unsigned ones too), Guid or string.");

    [Fact]
    public async Task Entity_WithShadowKey() => await AssertRefusedAsync(
        app => app.MapResource<Shadowed, OddContext>("/x"),
        "'Shadowed' cannot be a data resource: its key 'Hidden' is no property of the class. Add a property Hidden to the class.");

    [Fact]
    public async Task Entity_WithHiddenKey() => await AssertRefusedAsync(
        app => app.MapResource<Secretive, OddContext>("/x"),
        "'Secretive' cannot be a data resource: its key 'Id' is not shown. Show it: take away [JsonIgnore], or Hide.");

    [Fact]
    public async Task Entity_ThatIsOwned() => await AssertRefusedAsync(
        app => app.MapResource<Owned, OddContext>("/x"),
        "'Owned' cannot be a data resource: it is owned by another entity. Map its owner.");

    [Fact]
    public async Task Entity_ThatIsAbstract() => await AssertRefusedAsync(
        app => app.MapResource<Shape, OddContext>("/x"),
        "'Shape' cannot be a data resource: new records cannot be made, because the class is abstract. Map the classes below it, or leave out what adds records: options.Verbs &= ~(ResourceVerbs.Create | ResourceVerbs.Replace | ResourceVerbs.PartialReplace).");

    [Fact]
    public async Task Entity_WithoutUsableConstructor() => await AssertRefusedAsync(
        app => app.MapResource<Locked, OddContext>("/x", locked => locked.Verbs = ResourceVerbs.Read | ResourceVerbs.Create),
        "'Locked' cannot be a data resource: new records cannot be made: no constructor is without parameters, or has only parameters that are properties. Give it a constructor without parameters (it may be private), or leave out what adds records: options.Verbs &= ~(ResourceVerbs.Create).");

    [Fact]
    public async Task Entity_WithForeignKeyInTheShadow() => await AssertRefusedAsync(
        app => app.MapResource<Child, OddContext>("/x"),
        "'Child' cannot be a data resource: new records would need a value for the foreign key 'ParentId', which is no property of the class. Add a property ParentId to the class, or leave out what adds records: options.Verbs &= ~(ResourceVerbs.Create | ResourceVerbs.Replace | ResourceVerbs.PartialReplace).");

    [Fact]
    public async Task Context_ThatIsNotRegistered() => await AssertRefusedAsync(
        app => app.MapResource<Parent, OtherContext>("/x"),
        "'Parent' cannot be a data resource: the application has no OtherContext. Register it before the application is built: builder.Services.AddDbContext<OtherContext>(options => options.UseSqlite(\"Data Source=app.db\")).");

    [Fact]
    public async Task Paths_ThatAreTheSame() => await AssertRefusedAsync(
        app =>
        {
            app.MapResource<Parent, OddContext>("/x");
            app.MapResource<Parent, OddContext>("/X/", parent => parent.Name = "other");
        },
        "The data resources 'parent' and 'other' are both at '/X/'. Give each a path of its own.");

    [Fact]
    public async Task Names_ThatAreTheSame() => await AssertRefusedAsync(
        app =>
        {
            app.MapResource<Parent, OddContext>("/x");
            app.MapResource<Parent, OddContext>("/y");
        },
        "Two data resources are called 'parent', which names their operations in documents. Give one another name: options.Name = \"…\".");

    [Fact]
    public async Task Path_ThatIsNone() => await AssertRefusedAsync(
        app => app.MapResource<Parent, OddContext>("/x/{id}"),
        "A data resource cannot be at '/x/{id}'. Give a path such as /models/churn/, without empty segments and without any of ?#{}*.");

    [Fact]
    public async Task Option_OutOfRange() => await AssertRefusedAsync(
        app => app.MapResource<Parent, OddContext>("/x", parent => parent.MaxPageSize = 5),
        "MaxPageSize of the data resource 'Parent' is '5'. It must be 10 or more.");

    [Fact]
    public async Task Filter_ThatTheTypeDoesNotHave() => await AssertRefusedAsync(
        app => app.MapResource<Parent, OddContext>("/x", parent => parent.Filter(one => one.Id, FilterOperators.Like | FilterOperators.Equal)),
        "'Parent' cannot be a data resource: its options compare 'Id' by like, which its type or its database does not have. Take of eq, ne, gt, gte, lt, lte, in, isnull, or FilterOperators.All for all that are possible.");

    [Fact]
    public async Task Option_OfWhatIsNotMapped() => await AssertRefusedAsync(
        app => app.MapResource<Parent, OddContext>("/x", parent => parent.Hide(one => one.Unmapped)),
        "'Parent' cannot be a data resource: its options name 'Unmapped', which is no property of the model. Name a property that has a column.");

    [Fact]
    public async Task Version_ThatIsNoToken() => await AssertRefusedAsync(
        app => app.MapResource<Parent, OddContext>("/x", parent => parent.Version(one => one.Count)),
        "'Parent' cannot be a data resource: its version 'Count' is not a concurrency token of type int, long, Guid, string or byte[]. Put [ConcurrencyCheck] on it, or call Property(x => x.Count).IsConcurrencyToken() in OnModelCreating.");

    [Fact]
    public void Option_OfNoProperty() => Assert.Equal(
        "'one => (one.Id + 1)' is not a property of Parent. Give one as in 'c => c.Name'. (Parameter 'property')",
        Assert.Throws<ArgumentException>(() => new DataResourceOptions<Parent>().Filter(one => one.Id + 1)).Message.Replace("Convert((one.Id + 1), Object)", "(one.Id + 1)", StringComparison.Ordinal));

    private static async Task AssertRefusedAsync(Action<WebApplication> map, string message)
    {
        var failure = await Assert.ThrowsAsync<FlamaException>(() => FlamaHost.StartAsync(
            map,
            configure: builder =>
            {
                builder.Services.AddDbContext<OddContext>(options => options.UseSqlite("Data Source=:memory:"));
                builder.Services.AddFlama();
            }));

        Assert.Equal((ErrorCodes.InvalidOption, message), (failure.Code, failure.Remedy is null ? failure.Message : $"{failure.Message} {failure.Remedy}"));
    }

    private sealed class OtherContext(DbContextOptions<OtherContext> options) : DbContext(options);

    private sealed class OddContext(DbContextOptions<OddContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Keyless>().HasNoKey();
            modelBuilder.Entity<Pair>().HasKey(pair => new { pair.Left, pair.Right });
            modelBuilder.Entity<Dated>();
            modelBuilder.Entity<Shadowed>().Property<int>("Hidden");
            modelBuilder.Entity<Shadowed>().HasKey("Hidden");
            modelBuilder.Entity<Secretive>();
            modelBuilder.Entity<Parent>().OwnsOne(parent => parent.Owned);
            modelBuilder.Entity<Shape>();
            modelBuilder.Entity<Round>();
            modelBuilder.Entity<Locked>().Property<string>("word");
            modelBuilder.Entity<Child>().HasOne(child => child.Parent).WithMany().IsRequired();
        }
    }

    private sealed class Stranger
    {
        public int Id { get; set; }
    }

    private sealed class Keyless
    {
        public int Value { get; set; }
    }

    private sealed class Pair
    {
        public int Left { get; set; }

        public int Right { get; set; }
    }

    private sealed class Dated
    {
        public DateTime Id { get; set; }
    }

    private sealed class Shadowed
    {
        public int Value { get; set; }
    }

    private sealed class Secretive
    {
        [JsonIgnore]
        public int Id { get; set; }
    }

    private abstract class Shape
    {
        public int Id { get; set; }
    }

    private sealed class Round : Shape;

    // Made by Entity Framework Core from a column that has no property.
    private sealed class Locked(string word)
    {
        private readonly string word = word;

        public int Id { get; set; }

        public override string ToString() => word;
    }

    private sealed class Parent
    {
        public int Id { get; set; }

        public int Count { get; set; }

        [NotMapped]
        public int Unmapped { get; set; }

        public Owned? Owned { get; set; }
    }

    private sealed class Owned
    {
        public int Value { get; set; }
    }

    private sealed class Child
    {
        public int Id { get; set; }

        public Parent? Parent { get; set; }
    }
}
