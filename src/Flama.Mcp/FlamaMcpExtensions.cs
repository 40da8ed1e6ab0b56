using Flama.Hosting;
using Flama.Mcp;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets agents use an application's models.</summary>
public static class FlamaMcpExtensions
{
    /// <summary>
    /// Adds a server of the Model Context Protocol, which <c>MapMcp</c> maps: a tool for each method of each model (<c>churn_predict</c>), which takes rows by feature name and
    /// answers <c>output</c> with <c>probabilities</c> and <c>classes</c>, and a resource for each model (<c>flama://models/churn</c>), its card as <c>GET</c> of its path shows it.
    /// When models come, are replaced or go, the lists change, and clients are told.
    /// </summary>
    /// <param name="builder">What <c>AddFlama</c> returned.</param>
    /// <param name="configure">Sets options of the server; null for the defaults: name and version are those of <see cref="FlamaOptions"/>.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// <para>Tools, resources and prompts of your own are added as the SDK has it: <c>services.AddMcpServer().WithTools&lt;Prices&gt;()</c>. Their names go before those of models.</para>
    /// <para>
    /// Clients of protocol 2026-07-28 are served without sessions; older ones have a session in this process, so that they are told of changes too. Instances behind a load balancer
    /// need either sessions that stay with their instance or <c>HttpServerTransportOptions.SessionMode = Stateless</c>.
    /// </para>
    /// </remarks>
    public static IFlamaBuilder AddMcp(this IFlamaBuilder builder, Action<McpServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(McpModels)))
        {
            services.AddMcpServer().WithHttpTransport();
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<HttpServerTransportOptions>>(
                new ConfigureOptions<HttpServerTransportOptions>(static transport => transport.SessionMode = HttpServerSessionMode.StatefulForInitializeClients)));
            services.AddSingleton<McpModels>();
            services.AddSingleton<IPostConfigureOptions<McpServerOptions>, McpSetup>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, McpStartup>());
        }

        if (configure is not null)
        {
            services.Configure(configure);
        }

        return builder;
    }
}
