using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore.Calls;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Flama.Mcp;

/// <summary>The tools and resources of all sessions: those of the models, which come and go, and the application's own. Thread-safe.</summary>
internal sealed class McpModels
{
    private readonly Lock sync = new();
    private readonly ILogger<McpModels> logger;
    private ModelCalls? calls;

    /// <summary>Makes the lists, with what the application has of its own.</summary>
    public McpModels(IEnumerable<McpServerTool> tools, IEnumerable<McpServerResource> resources, ILogger<McpModels> logger)
    {
        this.logger = logger;
        AddOwn(tools, resources);
    }

    /// <summary>The tools.</summary>
    public McpServerPrimitiveCollection<McpServerTool> Tools { get; } = [];

    /// <summary>The resources.</summary>
    public McpServerResourceCollection Resources { get; } = [];

    /// <summary>The models.</summary>
    /// <exception cref="InvalidOperationException">No path is mapped, or not by this package.</exception>
    public ModelCalls Calls => calls ?? throw new InvalidOperationException(
        "AddMcp of Flama.Mcp was called, and its MapMcp was not. Call app.MapMcp(\"/mcp\") on the application or on a group of its routes, not on an IEndpointRouteBuilder.");

    /// <summary>Follows the models of an application, whichever call comes first.</summary>
    public void Follow(Func<ModelCalls> make)
    {
        lock (sync)
        {
            if (calls is not null)
            {
                return;
            }

            calls = make();
            calls.Changed += Refresh;
        }

        Refresh();
    }

    /// <summary>Adds what the application has of its own; whatever a model has of the same name is called otherwise.</summary>
    public void AddOwn(IEnumerable<McpServerTool>? tools, IEnumerable<McpServerResource>? resources)
    {
        var isTaken = false;
        lock (sync)
        {
            using var deferral = Tools.DeferChangedEvents();
            foreach (var tool in tools ?? [])
            {
                if (!Tools.TryAdd(tool) && Tools[tool.ProtocolTool.Name] is ModelTool other)
                {
                    Tools.Remove(other);
                    isTaken = Tools.TryAdd(tool);
                }
            }

            foreach (var resource in resources ?? [])
            {
                Resources.TryAdd(resource);
            }
        }

        if (isTaken)
        {
            Refresh();
        }
    }

    /// <summary>Takes the models of this moment; clients are told if anything is new.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Models are loaded and replaced all the same.")]
    public void Refresh()
    {
        if (calls is null)
        {
            return;
        }

        try
        {
            lock (sync)
            {
                var models = calls.List();
                Take(models.SelectMany(model => model.Methods.Select(method => (model, method))));
                Take(models);
            }
        }
        catch (Exception failure)
        {
            Log.NotRefreshed(logger, failure);
        }
    }

    private void Take(IEnumerable<(CalledModel Model, CalledMethod Method)> all)
    {
        using var deferral = Tools.DeferChangedEvents();
        ToolNames names = new(Tools.Where(tool => tool is not ModelTool).Select(tool => tool.ProtocolTool.Name));
        var before = Tools.OfType<ModelTool>().ToDictionary(tool => tool.ProtocolTool.Name, StringComparer.Ordinal);
        foreach (var (model, method) in all)
        {
            var name = names.Next(model.Name, method.Name);
            if (before.Remove(name, out var old))
            {
                if (old.IsOf(model, method))
                {
                    continue;
                }

                Tools.Remove(old);
            }

            Tools.TryAdd(new ModelTool(name, model, method, this));
        }

        foreach (var gone in before.Values)
        {
            Tools.Remove(gone);
        }
    }

    private void Take(IReadOnlyList<CalledModel> models)
    {
        using var deferral = Resources.DeferChangedEvents();
        var before = Resources.OfType<ModelCard>().ToDictionary(card => card.Model.Name, StringComparer.Ordinal);
        foreach (var model in models)
        {
            if (before.Remove(model.Name, out var old))
            {
                if (old.Model.IsSame(model))
                {
                    continue;
                }

                Resources.Remove(old);
            }

            Resources.TryAdd(new ModelCard(model, this));
        }

        foreach (var gone in before.Values)
        {
            Resources.Remove(gone);
        }
    }
}
