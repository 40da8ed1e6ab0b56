using System.Diagnostics.CodeAnalysis;
using Flama;
using Flama.Data;
using Flama.Data.Errors;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps tables of databases as resources.</summary>
public static class DataResourceExtensions
{
    private const string Reason = "Entity Framework Core finds out about classes by reflection, and so does the resource when it is mapped.";

    /// <summary>
    /// Maps the records of an entity: <c>GET</c>, <c>POST</c>, <c>PUT</c>, <c>PATCH</c> and <c>DELETE</c> of the path for the collection, and of <c>{path}{key}/</c> for one record but
    /// <c>POST</c>. Lists come in pages, filtered and ordered by their query.
    /// </summary>
    /// <typeparam name="TEntity">The class of the records, with a key of one property.</typeparam>
    /// <typeparam name="TContext">The context that knows them, registered by <c>AddDbContext</c>.</typeparam>
    /// <param name="endpoints">The application, or a group of its routes.</param>
    /// <param name="pattern">The path; a slash at the end makes no difference.</param>
    /// <param name="configure">Sets options; null for none.</param>
    /// <returns>The resource's endpoints, to add conventions to all of them, such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="FlamaException">
    /// The entity cannot be served, an option is out of range, or path or name are taken (<see cref="ErrorCodes.InvalidOption"/>): the message names the fix.
    /// </exception>
    /// <exception cref="InvalidOperationException"><c>AddFlama</c> was not called, or the context is not configured.</exception>
    /// <remarks>
    /// A record has the members of its table that the class shows in JSON: no navigations, no shadow properties. Where the application asks for keys, the endpoints want the scope
    /// <c>predict</c>, unless they have <c>RequireAuthorization</c> or <c>AllowAnonymous</c> of their own.
    /// </remarks>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static IEndpointConventionBuilder MapResource<TEntity, TContext>(this IEndpointRouteBuilder endpoints, string pattern, Action<DataResourceOptions<TEntity>>? configure = null)
        where TEntity : class
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        DataResourceOptions<TEntity> options = new();
        configure?.Invoke(options);
        return new ResourceMapping<TEntity, TContext>(options).Map(endpoints, pattern);
    }

    /// <summary>
    /// Answers what a database does not do for endpoints of an application's own as data resources do: 409 for what contradicts what is stored, 503 with <c>Retry-After</c> for a database
    /// that does not answer, and never a word of SQL. Other failures are answered as by <c>WithFlamaErrors</c>.
    /// </summary>
    /// <typeparam name="TBuilder">The kind of builder.</typeparam>
    /// <param name="builder">Endpoints.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder WithDatabaseErrors<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(static endpoint =>
        {
            if (endpoint.RequestDelegate is { } handler)
            {
                var logger = endpoint.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Flama.Data");
                endpoint.RequestDelegate = new DatabaseGuard(null, logger).Around(handler);
            }
        });
        return builder.WithFlamaErrors();
    }
}
