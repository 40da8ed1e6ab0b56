using System.Text;
using Flama.AspNetCore;
using Flama.AspNetCore.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Flama.Mcp;

/// <summary>The card of a model as a resource: metadata and the list of its artifacts, as <c>GET</c> of its path shows them. Thread-safe.</summary>
internal sealed class ModelCard : McpServerResource
{
    private const string Json = "application/json";

    private readonly McpModels models;

    public ModelCard(CalledModel model, McpModels models)
    {
        Model = model;
        this.models = models;
        ProtocolResourceTemplate = new ResourceTemplate
        {
            Name = model.Name,
            Title = $"Card of the model '{model.Name}'",
            Description = $"What '{model.Name}' is: metadata of {model.Title} and the list of its artifacts.",
            UriTemplate = $"flama://models/{Uri.EscapeDataString(model.Name)}",
            MimeType = Json,
        };
    }

    /// <summary>The model.</summary>
    public CalledModel Model { get; }

    public override ResourceTemplate ProtocolResourceTemplate { get; }

    public override IReadOnlyList<object> Metadata => [];

    public override bool IsMatch(string uri) => string.Equals(uri, ProtocolResourceTemplate.UriTemplate, StringComparison.Ordinal);

    public override async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken = default)
    {
        var context = CurrentRequest.Get();
        if (!await models.Calls.AllowsAsync(context, ApiKeyDefaults.InspectPolicy, Model.Name))
        {
            throw new McpProtocolException($"The credentials of the request do not allow inspecting the model '{Model.Name}'.", McpErrorCode.InvalidRequest);
        }

        var answer = await ModelCalls.InspectAsync(context, Model, cancellationToken);
        if (!Model.IsKnown)
        {
            models.Refresh();
        }

        return answer.IsSuccess
            ? new ReadResourceResult
            {
                Contents = [new TextResourceContents { Uri = ProtocolResourceTemplate.UriTemplate, MimeType = Json, Text = Encoding.UTF8.GetString(answer.Body.Span) }],
            }
            : throw new McpProtocolException(ToolError.Of(answer, Model.Name, "inspect").Content.OfType<TextContentBlock>().First().Text, McpErrorCode.InternalError);
    }
}
