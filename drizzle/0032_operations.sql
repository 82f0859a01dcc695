CREATE TABLE "installation_facts" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "installation_facts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "operation_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"outcome" text NOT NULL,
	"started_at" timestamp (6) with time zone NOT NULL,
	"finished_at" timestamp (6) with time zone NOT NULL,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "operation_runs_kind_check" CHECK ("operation_runs"."kind" in ('backup', 'drill', 'rotation', 'integrity')),
	CONSTRAINT "operation_runs_outcome_check" CHECK ("operation_runs"."outcome" in ('passed', 'failed', 'impossible'))
);
--> statement-breakpoint
ALTER TABLE "operation_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "operation_runs_newest_idx" ON "operation_runs" USING btree ("kind","finished_at");--> statement-breakpoint
CREATE POLICY "read_facts" ON "installation_facts" AS PERMISSIVE FOR SELECT TO "app" USING (true);--> statement-breakpoint
CREATE POLICY "add_facts" ON "installation_facts" AS PERMISSIVE FOR INSERT TO "app" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "read_runs" ON "operation_runs" AS PERMISSIVE FOR SELECT TO "app" USING (true);--> statement-breakpoint
CREATE POLICY "add_runs" ON "operation_runs" AS PERMISSIVE FOR INSERT TO "app" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "forget_runs" ON "operation_runs" AS PERMISSIVE FOR DELETE TO "app" USING (true);