using System.Text.Json;
using Flama.Data.Errors;
using Flama.Data.Listing;
using Flama.Data.Model;
using Flama.Data.OpenApi;
using Flama.Data.Saving;
using Flama.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Flama.Data;

/// <summary>Maps the endpoints of one resource.</summary>
/// <typeparam name="TEntity">The class of the records.</typeparam>
/// <typeparam name="TContext">The context that knows them.</typeparam>
/// <param name="options">What the user decided.</param>
internal sealed class ResourceMapping<TEntity, TContext>(DataResourceOptions<TEntity> options)
    where TEntity : class
    where TContext : DbContext
{
    /// <summary>Maps the resource to a path.</summary>
    public RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string pattern)
    {
        Check(pattern);
        MappedResources.Add(endpoints, ResourcePath.Collection(pattern), options.Name);
        var services = endpoints.ServiceProvider;
        var json = services.GetRequiredService<IOptions<HttpJsonOptions>>().Value.SerializerOptions;
        using var scope = services.CreateScope();
        var context = Context(scope.ServiceProvider);
        var shape = new EntityReading<TEntity>(options, json).Read(context);
        EntityChecks.CheckCreation(shape, options.Verbs);
        ListMaking<TEntity> making = new(context, shape, options);
        var lists = making.Make();
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Flama.Data");
        var group = endpoints.MapGroup(string.Empty);
        group.WithTags(options.VerboseName).WithFlamaErrors().RequireFlamaKeys();
        Map(group, pattern, shape, lists, Guard(shape, logger), Limits(json));
        Log.Mapped(logger, options.Name, typeof(TContext).Name, ResourcePath.Collection(pattern), options.Verbs.ToString());
        return group;
    }

    private void Map(RouteGroupBuilder group, string pattern, EntityShape<TEntity> shape, ListReader lists, DatabaseGuard guard, RecordLimits limits)
    {
        RecordEndpoints<TEntity, TContext> records = new(shape, limits);
        CollectionEndpoints<TEntity, TContext> collection = new(shape, lists, limits);
        var (all, one) = (ResourcePath.Collection(pattern), ResourcePath.Record(pattern));
        ResourceOperations operations = new(
            options.Name,
            new RecordSchemas(char.ToUpperInvariant(options.Name[0]) + options.Name[1..], shape.Members, shape.Key.Member, options.Paging),
            [.. ListParameters.Of(lists, lists.Rules)],
            shape.Tokens.Count > 0,
            options.RequireIfMatch && shape.Tokens.Count > 0);
        Mapper map = new(group, options, guard, operations);
        map.Add(ResourceVerbs.List, HttpMethods.Get, all, collection.ListAsync);
        map.Add(ResourceVerbs.Create, HttpMethods.Post, all, records.CreateAsync, limits.MaxBodyBytes);
        map.Add(ResourceVerbs.Replace, HttpMethods.Put, all, collection.ReplaceAsync, limits.MaxListBodyBytes);
        map.Add(ResourceVerbs.PartialReplace, HttpMethods.Patch, all, collection.PartialReplaceAsync, limits.MaxListBodyBytes);
        map.Add(ResourceVerbs.Drop, HttpMethods.Delete, all, collection.DropAsync);
        map.Add(ResourceVerbs.Retrieve, HttpMethods.Get, one, records.RetrieveAsync);
        map.Add(ResourceVerbs.Update, HttpMethods.Put, one, records.UpdateAsync, limits.MaxBodyBytes);
        map.Add(ResourceVerbs.PartialUpdate, HttpMethods.Patch, one, records.PartialUpdateAsync, limits.MaxBodyBytes);
        map.Add(ResourceVerbs.Delete, HttpMethods.Delete, one, records.DeleteAsync);
    }

    private void Check(string pattern)
    {
        if (!EndpointPath.IsValid(pattern))
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"A data resource cannot be at '{pattern}'.", $"Give {EndpointPath.Expected}.");
        }

        CheckText(nameof(options.Name), options.Name);
        CheckText(nameof(options.VerboseName), options.VerboseName);
        if ((options.Verbs & ResourceVerbs.All) == ResourceVerbs.None)
        {
            throw Wrong(nameof(options.Verbs), options.Verbs, "one verb or more");
        }

        CheckAtLeast(nameof(options.PageSize), options.PageSize, 1);
        CheckAtLeast(nameof(options.MaxPageSize), options.MaxPageSize, options.PageSize);
        CheckAtLeast(nameof(options.MaxConditions), options.MaxConditions, 0);
        CheckAtLeast(nameof(options.MaxBodyBytes), options.MaxBodyBytes, 1);
        CheckAtLeast(nameof(options.MaxListBodyBytes), options.MaxListBodyBytes, 1);
        CheckAtLeast(nameof(options.MaxListRecords), options.MaxListRecords, 1);
    }

    private static void CheckText(string option, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw Wrong(option, value, "a text");
        }
    }

    private static void CheckAtLeast(string option, long value, long smallest)
    {
        if (value < smallest)
        {
            throw Wrong(option, value, $"{smallest} or more");
        }
    }

    private static FlamaException Wrong(string option, object? value, string expected) =>
        new(ErrorCodes.InvalidOption, $"{option} of the data resource '{typeof(TEntity).Name}' is '{value}'. It must be {expected}.");

    private static TContext Context(IServiceProvider services) => services.GetService<TContext>() ?? throw Refusal.Of(
        typeof(TEntity),
        $"the application has no {typeof(TContext).Name}",
        $"Register it before the application is built: builder.Services.AddDbContext<{typeof(TContext).Name}>(options => options.UseSqlite(\"Data Source=app.db\")).");

    private static DatabaseGuard Guard(EntityShape<TEntity> shape, ILogger logger) => new(new RecordNames(shape.Name, shape.Entity, shape.Members), logger);

    private RecordLimits Limits(JsonSerializerOptions json) => new(
        options.MaxBodyBytes,
        options.MaxListBodyBytes,
        options.MaxListRecords,
        options.RequireIfMatch,
        new JsonDocumentOptions
        {
            AllowTrailingCommas = json.AllowTrailingCommas,
            CommentHandling = json.ReadCommentHandling,
            MaxDepth = json.MaxDepth,
            AllowDuplicateProperties = json.AllowDuplicateProperties,
        });

    private sealed class Mapper(RouteGroupBuilder group, DataResourceOptions<TEntity> options, DatabaseGuard guard, ResourceOperations operations)
    {
        public void Add(ResourceVerbs verb, string method, string path, RequestDelegate handler, long? maxBody = null)
        {
            if (!options.Verbs.HasFlag(verb))
            {
                return;
            }

            var guarded = guard.Around(handler, isDeleting: verb is ResourceVerbs.Delete or ResourceVerbs.Drop);
            var mapped = group.MapMethods(path, [method], guarded)
                .WithMetadata(handler.Method)
                .WithDisplayName($"{options.Name}: {verb}")
                .AddOpenApiOperationTransformer((operation, context, _) =>
                {
                    operations.Describe(verb, operation, context.Document!);
                    return Task.CompletedTask;
                });
            if (maxBody is { } bytes)
            {
                mapped.WithBodyLimit(bytes);
            }

            if (method == HttpMethods.Get)
            {
                group.MapMethods(path, [HttpMethods.Head], guarded).WithDisplayName($"{options.Name}: {verb} (HEAD)").ExcludeFromDescription();
            }
        }
    }
}
