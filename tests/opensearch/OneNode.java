import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.codelibs.opensearch.runner.node.OpenSearchRunnerNode;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.script.expression.ExpressionModulePlugin;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * One node of OpenSearch, with the modules that every download of it has and that we use.
 *
 * <p>Its settings are its arguments, as name=value. It lives as long as somebody holds the other end of its standard
 * input open, so that nothing is left running when the tests are killed. Asked to end (SIGTERM), it closes its indexes.
 */
public class OneNode {
    private static final List<Class<? extends Plugin>> MODULES = List.of(
            Netty4ModulePlugin.class,
            CommonAnalysisModulePlugin.class,
            PainlessModulePlugin.class,
            ExpressionModulePlugin.class,
            ReindexModulePlugin.class);

    public static void main(String[] args) throws Exception {
        Thread.ofPlatform().daemon().start(OneNode::endWithItsUsers);
        var settings = Settings.builder();
        for (var arg : args) {
            var named = arg.split("=", 2);
            settings.put(named[0], named[1]);
        }
        var environment = InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), null, () -> "node");
        var node = new OpenSearchRunnerNode(environment, MODULES);
        node.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
        Thread.currentThread().join();
    }

    private static void endWithItsUsers() {
        try {
            while (System.in.read() >= 0) {
                // nobody says anything; what counts is the end
            }
        } catch (IOException broken) {
            // as good as the end
        }
        Runtime.getRuntime().halt(0);
    }

    private static void close(Node node) {
        try {
            node.close();
        } catch (IOException failure) {
            failure.printStackTrace();
        }
    }
}
