ALTER TABLE "organizations" ADD COLUMN "review_checklist" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "review_reminder_days" integer DEFAULT 3 NOT NULL;--> statement-breakpoint
ALTER TABLE "version_decisions" ADD COLUMN "points" jsonb DEFAULT '[]'::jsonb NOT NULL;