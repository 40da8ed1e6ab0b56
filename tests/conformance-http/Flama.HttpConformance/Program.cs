// Puts a server of the XOR model through two public suites, and prints what came of it as Markdown.
// usage: Flama.HttpConformance URL JSONTESTSUITE_DIRECTORY
// Exit code 1 when the server failed (5xx, no answer), took a text for JSON that is none beyond those it is known to take, or told of itself in an error.
using Flama.HttpConformance;

Uri server = new(args[0]);
ErrorAnswers errors = new();
var isWell = await JsonSuite.RunAsync(server, Path.Combine(args[1], "test_parsing"), errors);
isWell &= await ProbeSuite.RunAsync(server, errors);
isWell &= errors.Report();
return isWell ? 0 : 1;
